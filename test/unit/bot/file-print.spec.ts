import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { expect } from 'chai';
import { createFilePrint } from '../../../bot/file-print.ts';
import { isAppError } from '../../../src/shared/errors.ts';

/** Bytes. */
const megabyte = 1024 * 1024;

describe('the fingerprint of a file that was sent', () => {
  let server: Server;
  let base: string;
  let asked: number;
  /** Files that somebody went away from before their end. */
  let left: number;
  let answer: RequestListener;

  beforeEach(async () => {
    asked = 0;
    left = 0;
    answer = (_, response) => void response.end('Plan');
    server = createServer((request, response) => {
      asked += 1;
      response.once('close', () => {
        if (!response.writableFinished) left += 1;
      });
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const print = createFilePrint({ loopback: true });
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
    } catch (error) {
      if (isAppError(error)) return error.code;
      throw error;
    }
    return 'none';
  };
  const leftAt = async (): Promise<number> => {
    for (let tries = 0; left === 0 && tries < 100; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    return left;
  };

  it('is the SHA-256 of all its bytes, asked for as they are', async () => {
    const bytes = Buffer.alloc(3 * megabyte, 'Verksamhetsplan ');
    const encodings: unknown[] = [];
    answer = ({ headers }, response) => {
      encodings.push(headers['accept-encoding']);
      response.write(bytes.subarray(0, megabyte));
      response.end(bytes.subarray(megabyte));
    };
    expect(await print(base)).to.equal(createHash('sha256').update(bytes).digest('hex'));
    expect(encodings).to.deep.equal(['identity']);
  });

  it('is read from SharePoint and OneDrive over https alone: no other address is asked at all', async () => {
    const production = createFilePrint({ loopback: false });
    for (const address of [
      base,
      base.replace('http:', 'https:'),
      'https://localhost/plan.pdf',
      'https://169.254.169.254/metadata/identity',
      'http://example.sharepoint.com/plan.pdf',
      'https://example.sharepoint.com:8443/plan.pdf',
      'https://kaisa:secret@example.sharepoint.com/plan.pdf',
      'https://sharepoint.com.example.org/plan.pdf',
      'https://example.org/x.sharepoint.com',
      'https://examplesharepoint.com/plan.pdf',
      'https://a.b.sharepoint.com/plan.pdf',
      'https://example.sharepoint.com./plan.pdf',
      'file:///etc/passwd',
      'data:text/plain,plan',
      '',
    ])
      expect(await refusal(production(address)), address).to.equal('file.wrongHost');
    expect(asked).to.equal(0);
    expect(await refusal(print('https://example.org/plan.pdf')), 'in local mode too').to.equal('file.wrongHost');
  });

  it('goes nowhere else, wherever the address leads on to', async () => {
    answer = ({ url }, response) => {
      if (url === '/moved') response.writeHead(302, { location: `${base}plan` });
      response.end('Plan');
    };
    expect(await refusal(print(`${base}moved`))).to.equal('file.unreadable');
    expect(asked).to.equal(1);
  });

  it('is none of a file that is not there, is empty or breaks off', async () => {
    for (const answers of [
      ((_, response) => {
        response.statusCode = 404;
        response.end('no');
      }) satisfies RequestListener,
      ((_, response) => void response.end()) satisfies RequestListener,
      ((_, response) => {
        response.setHeader('content-length', 100);
        response.write('Pl');
        setTimeout(() => response.destroy(), 20);
      }) satisfies RequestListener,
    ]) {
      answer = answers;
      expect(await refusal(print(base))).to.equal('file.unreadable');
    }
    await new Promise((resolve) => server.close(resolve));
    expect(await refusal(print(base)), 'nobody there').to.equal('file.unreadable');
  });

  it('waits so long for the whole of it, and no longer, whether it says nothing or never ends', async () => {
    const hasty = createFilePrint({ loopback: true, within: 200 });
    answer = () => undefined;
    expect(await refusal(hasty(base))).to.equal('file.unreadable');
    expect(await leftAt(), 'the request has ended').to.equal(1);
    answer = (_, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.once('close', () => clearInterval(drip));
    };
    expect(await refusal(hasty(base))).to.equal('file.unreadable');
  });

  it('is none of a file over 50 megabytes, of which no more is read', async () => {
    const chunk = Buffer.alloc(megabyte);
    let sent = 0;
    answer = (_, response) => {
      const more = (): void => {
        do sent += 1;
        while (response.write(chunk) && !response.destroyed);
      };
      response.on('drain', more);
      more();
    };
    expect(await refusal(print(base))).to.equal('file.tooLarge');
    expect(await leftAt(), 'the request has ended').to.equal(1);
    expect(sent).to.be.lessThan(70);
  });
});
