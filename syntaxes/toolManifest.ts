import { tools } from '../server/src/assist/index.ts';
import { inputSchema } from '../server/src/assist/input.ts';
import type { Tool } from '../server/src/assist/tool.ts';
import type { Language } from '../server/src/base/text.ts';

type Json = { [key: string]: unknown };

/**
 * The tools for language models as the manifest of the extension tells the editor of them, and their texts in both languages. Whatever
 * else the files hold stays.
 */
export function toolManifest(read: (path: string) => string): readonly (readonly [string, string])[] {
  const manifest = JSON.parse(read('package.json')) as Json & { contributes: Json };
  manifest.contributes.languageModelTools = tools.map(contributed);
  return [
    ['package.json', json(manifest)],
    ['package.nls.json', json(withTexts(read('package.nls.json'), 'en'))],
    ['package.nls.zh-cn.json', json(withTexts(read('package.nls.zh-cn.json'), 'zh-CN'))],
  ];
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** `huashu_check_script` is `tool.check_script` in the manifest, and `#huashuCheckScript` for whoever writes to a model. */
function keyOf({ name }: Tool): string {
  return `tool.${name.replace('huashu_', '')}`;
}

function contributed(tool: Tool): Json {
  const key = keyOf(tool);
  return {
    name: tool.name,
    toolReferenceName: tool.name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    displayName: `%${key}.title%`,
    userDescription: `%${key}.title%`,
    modelDescription: `%${key}.about%`,
    canBeReferencedInPrompt: true,
    icon: '$(law)',
    tags: ['huashu', 'compliance'],
    inputSchema: schemaWith(tool, (name) => `%${key}.${name}%`),
  };
}

function schemaWith(tool: Tool, description: (name: string) => string): object {
  const schema = inputSchema(tool, 'en');
  for (const [name, property] of Object.entries(schema.properties)) property.description = description(name);
  return schema;
}

function withTexts(file: string, language: Language): Json {
  const others = Object.entries(JSON.parse(file) as Json).filter(([key]) => !/^tool\./.test(key));
  const ours = tools.flatMap((tool) => {
    const key = keyOf(tool);
    const { title, about } = tool;
    const { properties } = inputSchema(tool, language);
    const say = language === 'en' ? 'en' : 'zh';
    return [
      [`${key}.title`, title[say]],
      [`${key}.about`, about[say]],
      ...Object.entries(properties).map(([name, { description }]) => [`${key}.${name}`, description]),
    ];
  });
  return Object.fromEntries([...others, ...ours]);
}
