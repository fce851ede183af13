// Asks for the state of a running job every two seconds; without script the link beside it does the same.
// A page about what the job makes (data-then="reload") is loaded again when it has been made.
const place = document.querySelector("[data-job]");
async function again() {
  try {
    const answer = await fetch(place.dataset.job, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch { /* the network may come back */ }
  if (!place.querySelector("[data-over]")) setTimeout(again, 2000);
  else if (place.dataset.then === "reload") location.reload();
}
if (place && !place.querySelector("[data-over]")) setTimeout(again, 2000);
