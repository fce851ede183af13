from typing import Any

from django.core.management.base import BaseCommand

from monosashi.web.register import search


class Command(BaseCommand):
    help = "Build the search of the register again from its rows."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"built again; {search.rebuild()} rows had been searched by a text not theirs")
