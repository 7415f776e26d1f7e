// Preloaded into a program: tells in a file what it has used when it ends, and what of the product it had loaded when it
// first said something, and in all.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const usage = process.env.HUASHU_BENCH_USAGE;
  const dist = process.env.HUASHU_BENCH_DIST;
  if (usage)
    process.on('exit', () => {
      const { user, system } = process.cpuUsage();
      writeFileSync(
        usage,
        JSON.stringify({ cpu: (user + system) / 1000, peak: process.resourceUsage().maxRSS / 1024 }),
      );
    });
  if (usage && dist) watchLoading(usage, dist);
}

function watchLoading(usage, dist) {
  const Module = require('node:module');
  const fs = require('node:fs');
  const files = { code: new Set(), data: new Set() };
  const seen = (kind, file) => {
    if (typeof file === 'string' && file.startsWith(dist) && !files.code.has(file)) files[kind].add(file);
  };
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = (module, file) => {
    seen('code', file);
    return load(module, file);
  };
  for (const [owner, name] of [
    [fs, 'readFileSync'],
    [fs, 'readFile'],
    [fs.promises, 'readFile'],
    [fs, 'createReadStream'],
  ]) {
    const read = owner[name];
    owner[name] = (file, ...rest) => {
      seen('data', file instanceof URL ? require('node:url').fileURLToPath(file) : file);
      return read.call(owner, file, ...rest);
    };
  }
  const list = () => JSON.stringify({ code: [...files.code], data: [...files.data] });
  process.on('exit', () => writeFileSync(`${usage}.all`, list()));
  const write = process.stdout.write;
  process.stdout.write = (...args) => {
    process.stdout.write = write;
    writeFileSync(`${usage}.loaded`, list());
    return write.apply(process.stdout, args);
  };
}
