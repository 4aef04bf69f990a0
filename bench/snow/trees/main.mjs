class Node { constructor(left, right) { this.left = left; this.right = right; } }
function make(depth) {
  return depth === 0 ? new Node(null, null) : new Node(make(depth - 1), make(depth - 1));
}
function count(tree) {
  return tree === null ? 0 : 1 + count(tree.left) + count(tree.right);
}
const kept = make(20);
let sum = 0;
for (let n = 0; n < 2000; ++n) sum += count(make(12));
console.log(String(sum));
console.log(String(count(kept)));
