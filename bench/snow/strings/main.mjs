let text = "";
for (let i = 0; i < 3000000; ++i) text += `item ${i}, `;
console.log(`${text.length} ${text.slice(1000000, 1000010)}`);
