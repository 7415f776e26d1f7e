import { nearest, orMeant } from '../base/names.ts';
import { inLanguage, type Language, languageOf } from '../base/text.ts';
import { Refusal } from '../features/feature.ts';
import type { Field, Fields, Input, Tool } from './tool.ts';

/** In which language a tool answers; every tool takes it. */
const language: Field = {
  about: {
    zh: '回答用的语言：zh-CN 为中文，en 为英文；默认与用户的界面一致。',
    en: 'The language of the answer, zh-CN or en; by default that of the user.',
  },
  choices: ['zh-CN', 'en'],
  longest: 5,
};

function fieldsOf({ fields }: Tool): Fields {
  return { ...fields, language };
}

/** The language that was asked for, else that of the user. */
export function languageIn(input: Input, ofUser: Language): Language {
  return input.language === undefined ? ofUser : languageOf(input.language);
}

/** A JSON schema of an object of texts; whoever gets it may change it. */
export interface InputSchema {
  type: 'object';
  properties: { [name: string]: { type: 'string'; description: string; enum?: string[]; maxLength: number } };
  required: string[];
  additionalProperties: false;
}

/** What a tool takes, as models are told it. */
export function inputSchema(tool: Tool, language: Language): InputSchema {
  const fields = Object.entries(fieldsOf(tool));
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(([name, { about, choices, longest }]) => [
        name,
        {
          type: 'string',
          description: inLanguage(about, language),
          ...(choices && { enum: [...choices] }),
          maxLength: longest,
        },
      ]),
    ),
    required: fields.flatMap(([name, { required }]) => (required ? [name] : [])),
    additionalProperties: false,
  };
}

/** What a model has written as the input of a tool, if it is that. */
export function readInput(tool: Tool, given: unknown): Input | Refusal {
  const fields = fieldsOf(tool);
  if (given === undefined || given === null) return readInput(tool, {});
  if (typeof given !== 'object' || Array.isArray(given))
    return new Refusal('参数应当是一个 JSON 对象。', 'The arguments must be a JSON object.');
  const input: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) return unknownField(name, Object.keys(fields));
    // Models write what they leave open as nothing.
    if (value === null || value === undefined || value === '') continue;
    if (typeof value !== 'string')
      return new Refusal(`参数“${name}”应当是字符串。`, `The argument “${name}” must be a string.`);
    const { choices, longest } = field;
    if (value.length > longest)
      return new Refusal(
        `参数“${name}”有 ${value.length} 个字，超过 ${longest} 个字的上限。`,
        `The argument “${name}” has ${value.length} characters; at most ${longest} are allowed.`,
      );
    if (choices && !choices.includes(value))
      return new Refusal(
        `参数“${name}”不能是“${cut(value)}”；可以是：${choices.join('、')}。`,
        `The argument “${name}” cannot be “${cut(value)}”; use one of ${choices.join(', ')}.`,
      );
    input[name] = value;
  }
  const missing = Object.keys(fields).find((name) => fields[name]?.required && input[name] === undefined);
  if (missing !== undefined) return new Refusal(`缺少参数“${missing}”。`, `The argument “${missing}” is missing.`);
  return input;
}

function unknownField(name: string, known: readonly string[]): Refusal {
  const { zh, en } = orMeant(nearest(cut(name), known));
  return new Refusal(
    `没有“${cut(name)}”这个参数${zh}可以用：${known.join('、')}。`,
    `There is no argument “${cut(name)}”${en} Use ${known.join(', ')}.`,
  );
}

/** As much of what somebody else wrote as a message quotes. */
export function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
