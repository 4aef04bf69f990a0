import { readFileSync } from "node:fs";
const counts = new Map();
for (const word of readFileSync("words.txt", "utf8").split(" "))
  counts.set(word, (counts.get(word) ?? 0) + 1);
let best = ["", 0];
for (const entry of counts) if (entry[1] > best[1]) best = entry;
console.log(`${counts.size} ${best[0]} ${best[1]}`);
