// Goes before a program, `node --require trap.cjs`: whatever would reach a network, start a program or write a file is not
// done, but written down in the file that HUASHU_TRAP names.
const fs = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const log = fs.openSync(process.env.HUASHU_TRAP, 'a');
const open = { sync: fs.openSync, back: fs.open, promise: fs.promises.open };

function caught(what) {
  fs.writeSync(log, `${what}${isMainThread ? '' : ' in a thread'}\n`);
  throw new Error(`trapped: ${what}`);
}

function trap(module, name, names) {
  for (const each of names) if (each in module) module[each] = () => caught(`${name}.${each}`);
}

for (const name of ['http', 'https']) trap(require(`node:${name}`), name, ['request', 'get', 'createServer']);
trap(require('node:http2'), 'http2', ['connect', 'createServer', 'createSecureServer']);
trap(require('node:net'), 'net', ['connect', 'createConnection', 'createServer']);
trap(require('node:net').Socket.prototype, 'net.Socket', ['connect']);
trap(require('node:net').Server.prototype, 'net.Server', ['listen']);
trap(require('node:tls'), 'tls', ['connect', 'createServer']);
trap(require('node:dgram'), 'dgram', ['createSocket']);
for (const dns of [require('node:dns'), require('node:dns/promises')])
  trap(
    dns,
    'dns',
    Object.keys(dns).filter((each) => /^(?:lookup|resolve|reverse)/.test(each)),
  );
trap(globalThis, 'globalThis', ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']);
trap(require('node:child_process'), 'child_process', [
  'exec',
  'execFile',
  'execFileSync',
  'execSync',
  'fork',
  'spawn',
  'spawnSync',
]);
trap(require('node:cluster'), 'cluster', ['fork']);

const writing =
  /^(?:appendFile|chmod|chown|copyFile|cp|createWriteStream|fchmod|fchown|ftruncate|futimes|lchmod|lchown|link|lutimes|mkdir|mkdtemp|rename|rm|rmdir|symlink|truncate|unlink|utimes|writeFile)(?:Sync)?$/;
for (const [name, module] of [
  ['fs', fs],
  ['fs/promises', fs.promises],
])
  trap(
    module,
    name,
    Object.keys(module).filter((each) => writing.test(each)),
  );
const reads = (flags) =>
  flags === undefined || flags === 'r' || flags === 'rs' || flags === 0 || typeof flags === 'function';
fs.openSync = (file, flags, ...rest) => (reads(flags) ? open.sync(file, flags, ...rest) : caught('fs.openSync'));
fs.open = (file, flags, ...rest) => (reads(flags) ? open.back(file, flags, ...rest) : caught('fs.open'));
fs.promises.open = (file, flags, ...rest) =>
  reads(flags) ? open.promise(file, flags, ...rest) : caught('fs/promises.open');
require('node:module').syncBuiltinESMExports();
