import { knowledgePoints } from './knowledge.ts';
import type { ArticlePoint } from './point.ts';
import { principlePoints } from './principles.ts';
import { stepPoints } from './steps.ts';
import { wayPoints } from './ways.ts';

/** All that the article says, point by point. */
export const articlePoints: readonly ArticlePoint[] = [
  ...stepPoints,
  ...principlePoints,
  ...knowledgePoints,
  ...wayPoints,
];
