/**
 * The loader in front of the worker's code: it runs a program in parts, of which the first come along and the others are read
 * when they are asked for. It becomes a part of the bundle as text, and so knows only what it is handed.
 * @param {Record<string, (require: unknown, module: unknown, exports: unknown, loadPart: unknown) => void>} parts
 *   CommonJS modules by their names
 * @param {Record<string, readonly string[]>} needs the other parts that one needs at once, and those that these need
 * @param {string} first the one that is run
 */
export function runParts(parts, needs, first) {
  let read;
  const modules = { 'huashu:parts': { exports: { readPartsBy: (by) => (read = by) } } };
  const reading = {};

  function require(name) {
    if (!modules[name]) {
      modules[name] = { exports: {} };
      parts[name](require, modules[name], modules[name].exports, loadPart);
    }
    return modules[name].exports;
  }

  async function readPart(name) {
    // As the editor runs an extension of the web.
    parts[name] ??= new Function('require', 'module', 'exports', 'loadPart', await read(name));
  }

  async function loadPart(name) {
    await Promise.all([name, ...needs[name]].map((each) => (reading[each] ??= readPart(each))));
    return require(name);
  }

  require(first);
}
