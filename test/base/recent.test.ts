import { strict as assert } from 'node:assert';
import { Recent, RecentOf } from '../../server/src/base/recent.ts';

suite('texts that came lately', () => {
  test('are known again', () => {
    const recent = new Recent<number>(3);
    recent.set('一', 1);
    recent.set('二', 2);
    assert.equal(recent.get('一'), 1);
    assert.equal(recent.get('三'), undefined);
  });

  test('are at least as many as wanted, and those that are asked for stay', () => {
    const recent = new Recent<number>(3);
    recent.set('asked for', 0);
    for (let count = 0; count < 100; count++) {
      recent.set(`${count}`, count);
      assert.equal(recent.get('asked for'), 0);
      for (let back = Math.max(0, count - 1); back <= count; back++) assert.equal(recent.get(`${back}`), back);
    }
  });

  test('are forgotten, once twice as many others have come', () => {
    const recent = new Recent<number>(3);
    recent.set('once', 0);
    for (let count = 0; count < 6; count++) recent.set(`${count}`, count);
    assert.equal(recent.get('once'), undefined);
    assert.equal(recent.get('5'), 5);
  });

  test('are known of each of several things by itself', () => {
    const recent = new RecentOf<object, number>(3);
    const [one, other] = [{}, {}];
    recent.of(one).set('text', 1);
    assert.equal(recent.of(one).get('text'), 1);
    assert.equal(recent.of(other).get('text'), undefined);
  });
});
