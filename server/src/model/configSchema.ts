import { severityNames } from '../packs/labels.ts';
import { severities } from '../packs/pack.ts';
import { choice, day, form, glob, list, name, optional, required, table, yesNo } from '../packs/shape.ts';

/** The severities that a user may give, from the worst to none. */
export const levels = [...severities, 'off'] as const;

export const level = choice(levels, { ...severityNames, off: { zh: '不提示', en: 'not reported' } });
export const rules = table(name('level-of'), level);

export const overrideForm = form({
  files: required(list(glob), '通配符，要加引号，从本文件夹算起。', 'Globs in quotes, counted from this folder.'),
  rules: required(rules, '这些文件里各规则和类别的级别。', 'Levels of rules and categories in these files.'),
});

/** Everything that a `huashu.yaml` may hold. */
export const configForm = form({
  packs: optional(
    list(name('pack')),
    '没有写“规则包”的话术用哪些规则包：名称，或从本文件夹算起的文件、文件夹。',
    'Packs for scripts that name none: ids, or files and folders counted from this one.',
  ),
  asOf: optional(
    day,
    '按这一天有效的规则检查；默认今天。',
    'Judge by the rules in force on that day; today by default.',
  ),
  rules: optional(rules, '一条规则或整个类别的级别。', 'The level of a rule or of a whole category.'),
  overrides: optional(list(overrideForm), '只对一部分文件。', 'For some files only.'),
  root: optional(yesNo, '写 true 则不再往上级文件夹查找配置。', 'With true, configurations further up do not count.'),
});
