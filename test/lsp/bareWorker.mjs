// Runs a bundle as a browser's worker would: with the globals of the web, and none of Node's.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

const shared =
  'atob Blob btoa clearInterval clearTimeout console crypto MessageChannel performance queueMicrotask setInterval setTimeout structuredClone TextDecoder TextEncoder URL';

const web = {
  ...Object.fromEntries(shared.split(' ').map((name) => [name, globalThis[name]])),
  addEventListener() {},
  importScripts() {
    throw new Error('There is nothing to import.');
  },
  postMessage: (message) => parentPort.postMessage(message),
  onmessage: undefined,
};
web.self = web;
const context = vm.createContext(web);
vm.runInContext(readFileSync(workerData, 'utf8'), context, { filename: workerData });

// A message arrives as objects of the worker's own world, as structured cloning makes them.
const cloned = vm.runInContext(
  '(text, bytes) => JSON.parse(text, (_, value) => (value?.$bytes === undefined ? value : new Uint8Array(bytes[value.$bytes])))',
  context,
);
parentPort.on('message', (message) => {
  const bytes = [];
  const text = JSON.stringify(message, (_, value) =>
    value instanceof Uint8Array ? { $bytes: bytes.push(value) - 1 } : value,
  );
  web.onmessage({ data: cloned(text, bytes) });
});
