from django.urls import path

from monosashi.web.accounts import views

urlpatterns = [
    path("", views.home, name="manage"),
    path("organizations/<slug:code>/", views.organization, name="organization"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add-person"),
    path("people/<int:id>/", views.person, name="person"),
    path("people/<int:id>/roles/", views.give_role, name="give-role"),
    path("people/<int:id>/disable/", views.disable, name="disable-person"),
    path("people/<int:id>/enable/", views.enable, name="enable-person"),
    path("people/<int:id>/password/", views.renew_password, name="renew-password"),
    path("people/<int:id>/second-step/remove/", views.remove_second_step, name="remove-second-step"),
    path("roles/<int:id>/take/", views.take_role, name="take-role"),
]
