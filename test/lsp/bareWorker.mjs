// Runs a bundle as a browser's worker would: with the globals of the web, and none of Node's.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';

const shared =
  'atob Blob btoa clearInterval clearTimeout console crypto MessageChannel performance queueMicrotask setInterval setTimeout TextDecoder TextEncoder URL';

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
const parse = vm.runInContext('JSON.parse', context);
parentPort.on('message', (message) => web.onmessage({ data: parse(JSON.stringify(message)) }));
