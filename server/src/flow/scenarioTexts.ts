import { orMeant } from '../base/names.ts';
import { listed, type Text } from '../base/text.ts';
import type { Script } from '../model/script.ts';
import { isLine, type Placed } from '../syntax/tree.ts';
import type { Choice, Standing } from './conversation.ts';
import type { Point } from './graph.ts';
import { nodeName } from './names.ts';
import type { Taken } from './replies.ts';
import type { Said } from './said.ts';

/** Why a line of a scenario did not come true, and the line of a script that it has to do with. */
export interface Failed {
  readonly message: Text;
  readonly related?: { readonly script: Script; readonly placed: Placed };
}

/** A node as a sentence names it. */
function named(point: Point, home: Script): Text {
  const name = nodeName(point.visit, home);
  return name === '' ? { zh: '开头', en: 'the beginning' } : { zh: `“${name}”`, en: `“${name}”` };
}

/** Where the conversation is, as a sentence of its own. */
export function whereItStands(standing: Standing, home: Script): Text {
  const { kind, point } = standing;
  const at = named(point, home);
  if (kind === 'waiting')
    return { zh: `对话停在${at.zh}，等着回应。`, en: `The conversation waits for a reply at ${at.en}.` };
  if (kind === 'stuck') return { zh: `对话卡在${at.zh}。`, en: `The conversation is stuck at ${at.en}.` };
  return { zh: `对话已经结束：${endText(point).zh}。`, en: `The conversation is over: ${endText(point).en}.` };
}

/** How a conversation has ended. */
export function endText({ ending, placed }: Point): Text {
  switch (ending) {
    case 'outcome': {
      const name = placed && isLine(placed, 'outcome') ? placed.line.name.text : '';
      return { zh: `结果是“${name}”`, en: `the outcome is “${name}”` };
    }
    case 'end':
      return { zh: '结果是“结束”', en: 'the outcome is “End”' };
    case 'transfer':
      return { zh: '转给了人工', en: 'it was transferred to a person' };
    case 'sent':
      return { zh: '消息已发出', en: 'the message was sent' };
    case 'ran-out':
      return { zh: '最后一节说完了，没有结果', en: 'it ran off the last node, without an outcome' };
    case undefined:
      return { zh: '返回到插入它的地方', en: 'it went back to where it was inserted' };
    default:
      return ending satisfies never;
  }
}

export const nothingToSay: Failed = {
  message: {
    zh: '这份话术还没有任何一节，用例无从开始。',
    en: 'This script has no node yet where a scenario could begin.',
  },
};

export const unreadable: Failed = {
  message: {
    zh: '这一行没有写完整，或者不属于用例，没有检验。',
    en: 'This line is not complete, or does not belong to a scenario; it tests nothing.',
  },
};

export function unknownVariable(name: string): Failed {
  return {
    message: {
      zh: `没有名为“${name}”的变量，设定不起作用。`,
      en: `There is no variable named “${name}”; to set it has no effect.`,
    },
  };
}

export function notReached(name: string, where: Text): Failed {
  return {
    message: { zh: `没有到达“${name}”。${where.zh}`, en: `“${name}” was not reached. ${where.en}` },
  };
}

export function tooEarly(name: string, standing: Standing, home: Script): Failed {
  const where = whereItStands(standing, home);
  return {
    message: {
      zh: `“${name}”只在更早的时候到过，上一项期望之后没有再到达；期望要按先后顺序写。${where.zh}`,
      en: `“${name}” was reached only before what is expected above it; expectations are met in their order. ${where.en}`,
    },
  };
}

export function unknownExpectation(name: string, near: string | undefined): Failed {
  const hint = orMeant(near);
  return {
    message: {
      zh: `没有名为“${name}”的节点或结果${hint.zh}`,
      en: `There is no node or outcome named “${name}”${hint.en}`,
    },
  };
}

export function notSaid(words: string, { text, node, script, placed }: Said): Failed {
  return {
    message: {
      zh: `坐席说了“${words}”：“${text}”（${node === '' ? '开头' : node}，第 ${placed.index + 1} 行）。`,
      en: `The agent said “${words}”: “${text}” (${node === '' ? 'the beginning' : node}, line ${placed.index + 1}).`,
    },
    related: { script, placed },
  };
}

export function overAlready(reply: string, { point }: Standing): Failed {
  const end = endText(point);
  return {
    message: {
      zh: `对话已经结束（${end.zh}），没有人再等着听“${reply}”。`,
      en: `The conversation is over (${end.en}); nobody waits for “${reply}” any more.`,
    },
    ...(point.placed && { related: { script: point.visit.script, placed: point.placed } }),
  };
}

export function unknownReply(
  reply: string,
  taken: Exclude<Taken, { kind: 'branch' }>,
  near: string | undefined,
  choices: readonly Choice[],
  { point }: Standing,
  home: Script,
): Failed {
  const at = named(point, home);
  const can = listed([...new Set(choices.map(({ branch }) => branch.line.category.text))]);
  const hint = orMeant(near);
  if (taken.kind === 'unknown')
    return {
      message: {
        zh: `“${reply}”既不是回复类别，也不像任何一句例句${hint.zh}${at.zh}这里可以说：${can.zh}。`,
        en: `“${reply}” is neither a reply category nor like any example${hint.en} At ${at.en} one can say: ${can.en}.`,
      },
    };
  return {
    message: {
      zh: `${at.zh}没有“${taken.category}”这个分支，也没有“其他”，对话到这里没有着落。这里可以说：${can.zh}。`,
      en: `${at.en} has no branch “${taken.category}” and no “Other”, so the conversation goes nowhere. One can say: ${can.en}.`,
    },
  };
}

/** Why a conversation goes no further although nobody is asked anything. */
export function stuckText(standing: Extract<Standing, { kind: 'stuck' }>, home: Script): Failed {
  const { point } = standing;
  const { placed, visit } = point;
  const at = named(point, home);
  const line = placed && { zh: `第 ${placed.index + 1} 行`, en: `line ${placed.index + 1}` };
  const place = {
    zh: line ? `${at.zh}${line.zh}` : at.zh,
    en: line ? `${line.en} of ${at.en}` : at.en,
  };
  return {
    message: stuckMessage(standing, place),
    ...(placed && { related: { script: visit.script, placed } }),
  };
}

function stuckMessage({ why, missing = [] }: Extract<Standing, { kind: 'stuck' }>, place: Text): Text {
  switch (why) {
    case 'nowhere':
      return {
        zh: `${place.zh}的目标不存在，对话到这里没有着落。`,
        en: `The target at ${place.en} does not exist, and the conversation goes nowhere.`,
      };
    case 'stray':
      return {
        zh: `${place.zh}要“返回”，但对话不是从别处插入到这里的，没有地方可以返回。`,
        en: `${place.en} returns, but nothing was inserted and there is nowhere to return to.`,
      };
    case 'spent':
      return {
        zh: `${place.zh}：已经重复了两次，而“其他”又是“重复”，对话没有下文。`,
        en: `At ${place.en} the node was repeated twice and “Other” repeats it again; nothing is left to say.`,
      };
    case 'no-other':
      return {
        zh: `${place.zh}：已经重复了两次，接下来该走“其他”，而这一节没有“其他”。`,
        en: `At ${place.en} the node was repeated twice; “Other” would follow, and the node has none.`,
      };
    case 'loop':
      return {
        zh: `对话在${place.zh}一带不停地打转，没有等客户回应，永远不会结束。`,
        en: `The conversation goes round for ever about ${place.en} without waiting for a reply.`,
      };
    case 'too-deep':
      return {
        zh: `${place.zh}：插入里又有插入，层层不断，对话走不完。`,
        en: `At ${place.en} insertions are nested without end.`,
      };
    case 'undecided': {
      if (missing.length === 0)
        return { zh: `${place.zh}的条件写错了，无法判断。`, en: `The condition at ${place.en} cannot be read.` };
      const names = {
        zh: listed(missing.map((each) => `“${each}”`)).zh,
        en: listed(missing.map((each) => `“${each}”`)).en,
      };
      return {
        zh: `${place.zh}的条件无法判断：${names.zh}没有可用的值。请在“设定：”里写明。`,
        en: `The condition at ${place.en} cannot be decided: there is no usable value for ${names.en}. Write one in “Given:”.`,
      };
    }
    default:
      return why satisfies never;
  }
}
