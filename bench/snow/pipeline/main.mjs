function once(n) {
  return Array.from({ length: n }, (_, i) => i)
    .map((x) => x * 3 + 1)
    .filter((x) => x % 2 === 0)
    .map((x) => Math.trunc(x / 2))
    .reduce((sum, x) => (sum + x) % 1000003, 0);
}
let sum = 0;
for (let i = 0; i < 20; ++i) sum += once(1000000);
console.log(String(sum));
