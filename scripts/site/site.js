// Search, the menu of narrow windows, and the switch between light and dark.
"use strict";

const root = document.body.dataset.root;
const input = document.getElementById("search");
const results = document.getElementById("results");
const found = document.getElementById("found");
const maxResults = 12;
let active = -1;

// How well an entry answers the words: lower is better, none when it does not.
function rank([name, kind, summary, , others], words) {
  const names = [name, ...others].map((text) => text.toLowerCase());
  let total = kind === "intrinsic" ? 0 : 1;
  for (const word of words) {
    if (names.includes(word)) total += 0;
    else if (names.some((text) => text.split(".").pop() === word)) total += 2;
    else if (names[0].startsWith(word)) total += 4;
    else if (names[0].split(".").pop().startsWith(word)) total += 4;
    else if (names[0].includes(word)) total += 6;
    else if (names.some((text) => text.includes(word))) total += 8;
    else if (summary.toLowerCase().includes(word)) total += 20;
    else return undefined;
  }
  return total;
}

function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return searchIndex
    .map((entry) => [rank(entry, words), entry])
    .filter(([order]) => order !== undefined)
    .sort(([a, [x]], [b, [y]]) => a - b || x.length - y.length || (x < y ? -1 : 1))
    .map(([, entry]) => entry);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function show() {
  const all = search(input.value);
  results.replaceChildren(...all.slice(0, maxResults).map(([name, kind, summary, address], i) => {
    const item = element("li", { id: `result-${i}` },
      element("a", { href: `${root}/${address}`, tabIndex: -1 },
        element("b", {}, name), element("i", {}, kind), element("span", {}, summary)));
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    return item;
  }));
  const open = input.value.trim() !== "";
  if (open && !all.length)
    results.append(element("li", { className: "none" }, "Nothing has this name."));
  found.textContent = open ? `${all.length} found` : "";
  activate(all.length ? 0 : -1);
  setOpen(open);
}

function setOpen(open) {
  results.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
}

function activate(number) {
  const items = [...results.querySelectorAll("[role=option]")];
  active = items.length ? (number + items.length) % items.length : -1;
  items.forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
  if (active < 0) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", items[active].id);
  items[active].scrollIntoView({ block: "nearest" });
}

input.addEventListener("input", show);
input.addEventListener("focus", () => { if (input.value) show(); });
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") activate(active + 1);
  else if (event.key === "ArrowUp") activate(active - 1);
  else if (event.key === "Escape") setOpen(false);
  else if (event.key === "Enter" && active >= 0) {
    setOpen(false);
    results.querySelectorAll("[role=option]")[active].firstChild.click();
  } else return;
  event.preventDefault();
});
results.addEventListener("click", () => setOpen(false));
document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) setOpen(false);
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  input.focus();
});

const menu = document.getElementById("menu");
menu.addEventListener("click", () => {
  const open = menu.getAttribute("aria-expanded") !== "true";
  menu.setAttribute("aria-expanded", String(open));
  document.getElementById("pages").classList.toggle("open", open);
});

document.getElementById("theme").addEventListener("click", () => {
  const html = document.documentElement;
  const isDark = html.dataset.theme
    ? html.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  html.dataset.theme = isDark ? "light" : "dark";
  try { localStorage.setItem("theme", html.dataset.theme); } catch {}
});

// `index.html?q=name` and `?theme=dark`, for links.
const query = new URLSearchParams(location.search);
if (query.has("theme")) document.documentElement.dataset.theme = query.get("theme");
if (query.has("q")) {
  input.value = query.get("q");
  show();
}
