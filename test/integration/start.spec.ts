import { expect } from 'chai';
import { startProcessApp } from '../support/process-app.ts';

/** Says at the end whether Node had to load what takes the types out of TypeScript. */
const saysAtTheEnd = `process.on('exit', () => {
  const stripped = process.moduleLoadList.some((name) => name.includes('internal/deps/amaro'));
  console.log(stripped ? 'stripped types' : 'stripped nothing');
})`;

describe('a start of what was started before', () => {
  it('takes all it runs from the one before, and loads no compiler for it', async () => {
    const app = await startProcessApp(0, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(saysAtTheEnd)}`,
    });
    try {
      await (await app.start()).terminate();
      const second = await app.start();
      await second.terminate();
      expect(second.output()).to.include('stripped nothing');
    } finally {
      await app.close();
    }
  });
});

describe('a start that is called off', () => {
  it('ends as cleanly as any other from the moment in which it says that it is ready', async () => {
    const app = await startProcessApp(0);
    try {
      const bot = await app.start();
      expect(await bot.terminate()).to.equal(0);
      expect(bot.output()).to.include('"msg":"stopped"');
    } finally {
      await app.close();
    }
  });
});
