// Stands in for the embedded editor's log module, whose native part is not built: without it, output channels stay empty.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    this.plain = false;
    mkdirSync(path.dirname(file), { recursive: true });
    for (const [level, name] of levels.entries()) this[name] = (text) => this.write(level, name, text);
  }

  write(level, name, text) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.file, this.plain ? text : `${time} [${name === 'warn' ? 'warning' : name}] ${text}\n`);
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  clearFormatters() {
    this.plain = true;
  }

  setPattern() {}
  flush() {}
  drop() {}
}

async function create(name, file) {
  return new Logger('rotating', name, file);
}

// One by one, since that is how an importing ES module recognises the names.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
