// The audit that finds nothing: reads lines, takes them apart and answers each, as any filter of JSON Lines has to.
const { createInterface } = require('node:readline');

(async () => {
  let output = '';
  for await (const line of createInterface({ input: process.stdin })) {
    const { id } = JSON.parse(line);
    output += `${JSON.stringify({ id, findings: [] })}\n`;
    if (output.length < 0x10000) continue;
    if (!process.stdout.write(output)) await new Promise((resolve) => process.stdout.once('drain', resolve));
    output = '';
  }
  process.stdout.write(output);
})();
