document.documentElement.classList.add("script");
const list = document.querySelector(".operations");
const all = [...document.querySelectorAll(".operation")];
const [search, which, order] = ["search", "which", "order"].map((id) => document.getElementById(id));
const shown = document.getElementById("shown");
const show = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const one of all) {
    const fits = words.every((word) => one.dataset.text.includes(word));
    const wanted = which.value === "all" || one.dataset[which.value] !== "0";
    one.hidden = !(fits && wanted);
    count += one.hidden ? 0 : 1;
  }
  shown.textContent = count === all.length ? "" : `${count} of ${all.length}`;
};
const sort = () => {
  const by = {
    document: (a, b) => a.dataset.index - b.dataset.index,
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name),
    share: (a, b) => a.dataset.share - b.dataset.share || a.dataset.index - b.dataset.index,
  }[order.value];
  list.append(...all.toSorted(by));
};
if (list) {
  search.addEventListener("input", show);
  which.addEventListener("change", show);
  order.addEventListener("change", sort);
  document.getElementById("open").addEventListener("click", (event) => {
    const open = all.some((one) => !one.hidden && !one.open);
    all.filter((one) => !one.hidden).forEach((one) => { one.open = open; });
    event.target.textContent = open ? "Close all" : "Open all";
  });
}
const follow = () => {
  const there = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (there && there.matches("details")) { there.open = true; there.scrollIntoView(); }
};
addEventListener("hashchange", follow);
follow();
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".shell button");
  if (!button) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1200);
});
