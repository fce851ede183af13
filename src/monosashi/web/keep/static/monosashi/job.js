// Asks for the state of a running job every two seconds; without script the link beside it does the same.
const place = document.querySelector("[data-job]");
async function again() {
  try {
    const answer = await fetch(place.dataset.job, { headers: { "X-Requested-With": "fetch" } });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch { /* the network may come back */ }
  if (!place.querySelector("[data-over]")) setTimeout(again, 2000);
}
if (place && !place.querySelector("[data-over]")) setTimeout(again, 2000);
