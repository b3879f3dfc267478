import { expect } from 'chai';
import { createFileMaker, makeFile } from '../../../bot/file-maker.ts';
import { formats } from '../../../src/documents/model.ts';
import { paper, sheet } from '../src/documents/example.ts';

describe('the making of files', () => {
  it('makes each format in a thread of its own', async () => {
    const starts: Record<string, string> = { docx: 'PK', xlsx: 'PK', pdf: '%PDF-1.7', csv: '\uFEFFText;' };
    for (const format of formats) {
      const file = await makeFile(format === 'docx' || format === 'pdf' ? { format, paper } : { format, sheet });
      expect(
        Buffer.from(file)
          .toString()
          .startsWith(starts[format] ?? '?'),
        format,
      ).to.equal(true);
    }
  });

  it('fails alone when a file cannot be made', async () => {
    const columns = [{ title: 'Bredd', width: Number.NaN }];
    const broken = { ...paper, sections: [{ is: 'table' as const, columns, rows: [] }] };
    expect(await makeFile({ format: 'pdf', paper: broken }).catch(() => 'failed')).to.equal('failed');
    expect((await makeFile({ format: 'csv', sheet })).length).to.be.greaterThan(100);
  });

  it('ends with the one file that would take more memory than it may', async () => {
    // One row again and again takes little memory here, and where the file is made 160 MB, in small pieces.
    const row = Array.from({ length: 100 }, () => 1);
    const endless = { ...sheet, rows: Array.from({ length: 200_000 }, () => row) };
    const made = makeFile({ format: 'csv', sheet: endless });
    const ended: unknown = await made.then(
      ({ length }) => length,
      (reason: unknown) => reason,
    );
    expect(ended).to.have.property('code', 'ERR_WORKER_OUT_OF_MEMORY');
  });

  const script = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);

  it('gives the thread what the file is made of, and no setting of the bot', async () => {
    const says =
      "import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage({ env: process.env, given: workerData });";
    process.env.ANKARBOT_CANARY = 'hemligt';
    try {
      const told: unknown = await createFileMaker(script(says), 10_000)({ format: 'csv', sheet });
      expect(told).to.deep.equal({ env: {}, given: { format: 'csv', sheet } });
    } finally {
      delete process.env.ANKARBOT_CANARY;
    }
  });

  it('ends what goes on for too long, and says that there is no file', async () => {
    const slow =
      "import { parentPort } from 'node:worker_threads'; const end = Date.now() + 5_000; while (Date.now() < end); parentPort.postMessage('made');";
    const made = await createFileMaker(
      script(slow),
      200,
    )({ format: 'csv', sheet }).catch((error: unknown) => String(error));
    expect(made).to.include('The file was not made');
  });
});
