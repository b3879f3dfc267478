import { expect } from 'chai';
import { createFilesApi, type FileParts } from '../../../../bot/handlers/files.ts';
import { listScene, meetingScene } from '../../../../bot/handlers/scenes.ts';
import type { FilePass } from '../../../../src/documents/file-pass.ts';
import { requireInvitation } from '../../../../src/meetings/transition.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { actor, calendar, exampleDirectory, lojo, monday, people, unused } from '../../../support/builders.ts';
import { inAll, list } from '../../../support/checklists.ts';
import { meeting, sceneOf, thursday } from '../../../support/meetings.ts';
import { simulatedClock } from '../../../support/simulated-clock.ts';

const region = exampleDirectory();
const pass: FilePass = {
  tenant: region.tenant,
  person: people.petri,
  language: 'sv',
  list: { body: lojo, id: 'startup' },
  format: 'pdf',
};

function filesWith(over: Partial<FileParts> = {}) {
  const clock = simulatedClock(monday);
  const steps: string[] = [];
  const faults: unknown[] = [];
  const files = createFilesApi({
    passes: { open: () => ({ ok: true, pass }) },
    actorOf: () => actor('petri'),
    checklists: {
      async exported() {
        steps.push('logged');
        return { ...list(), title: inAll('Starta Åbo') };
      },
    },
    listSceneFor: () => listScene(region, clock, 'sv', null),
    meetings: unused('meetings'),
    meetingSceneFor: () => meetingScene(region, calendar, clock, 'sv', null),
    minutes: unused('minutes'),
    async make() {
      steps.push('made');
      return Buffer.from('file');
    },
    clock,
    onFault: (error) => faults.push(error),
    ...over,
  });
  return { files, steps, faults, clock };
}

describe('the handing out of files', () => {
  it('writes it in the log before the file is made, and names the file for every reader of names', async () => {
    const { files, steps } = filesWith();
    const { status, headers, body } = await files('token');
    expect(status).to.equal(200);
    expect(Buffer.from(body).toString()).to.equal('file');
    expect(steps).to.deep.equal(['logged', 'made']);
    expect(headers['Content-Disposition']).to.equal(
      'attachment; filename="starta abo 2026 11 23.pdf"; filename*=UTF-8\'\'Starta%20%C3%85bo%202026-11-23.pdf',
    );
  });

  it('hands out the invitation to a meeting in the same way: logged first, and named for nobody and no case', async () => {
    const subject = formatReference('LOJ', 2026, 42);
    const planned = meeting({ kind: 'case', subject, title: '' });
    const steps: string[] = [];
    const on = thursday.start.slice(0, 10);
    const { files } = filesWith({
      passes: {
        open: () => {
          const { tenant, person, language } = pass;
          return { ok: true, pass: { tenant, person, language, letter: { meeting: planned.id, on }, format: 'pdf' } };
        },
      },
      meetings: {
        async letter(_actor, id, of) {
          steps.push(`logged ${of.on} ${of.format}`);
          expect(id).to.equal(planned.id);
          return { meeting: planned, ...requireInvitation(planned, of.on, sceneOf('petri')) };
        },
      },
      async make(draft) {
        steps.push('made');
        expect('paper' in draft && draft.paper.title).to.equal(textsFor('sv')('meeting.letter.title'));
        return Buffer.from('file');
      },
    });
    const { status, headers } = await files('token');
    expect(status).to.equal(200);
    expect(steps).to.deep.equal([`logged ${on} pdf`, 'made']);
    expect(headers['Content-Disposition']).to.equal(
      'attachment; filename="inbjudan 2026 11 26.pdf"; filename*=UTF-8\'\'Inbjudan%202026-11-26.pdf',
    );
  });

  it('makes one at a time, lets twenty wait, and asks whoever comes then to come again, when there is room', async () => {
    let making = 0;
    let most = 0;
    const release: (() => void)[] = [];
    let person = 0;
    const { files } = filesWith({
      passes: { open: () => ({ ok: true, pass: { ...pass, person: region.people[person++ % 6]?.id ?? pass.person } }) },
      async make() {
        making += 1;
        most = Math.max(most, making);
        await new Promise<void>((resolve) => release.push(resolve));
        making -= 1;
        return Buffer.from('file');
      },
    });
    const asked = Array.from({ length: 25 }, () => files('token'));
    const letGo = setInterval(() => release.shift()?.(), 1);
    const answers = await Promise.all(asked);
    const again = await files('token');
    clearInterval(letGo);
    expect(most).to.equal(1);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).to.have.lengthOf(20);
    expect(statuses.filter((status) => status === 429)).to.have.lengthOf(5);
    expect(answers.at(-1)?.headers['Retry-After']).to.equal(10);
    expect(again.status).to.equal(200);
  });

  it('gives one person ten in a minute, and logs none of those that it refuses', async () => {
    const { files, steps, clock } = filesWith();
    const statuses: number[] = [];
    for (let times = 0; times < 50; times += 1) statuses.push((await files('token')).status);
    expect(statuses.filter((status) => status === 200)).to.have.lengthOf(10);
    expect(statuses.filter((status) => status === 429)).to.have.lengthOf(40);
    expect(steps.filter((step) => step === 'logged')).to.have.lengthOf(10);
    expect((await files('token')).headers['Retry-After']).to.equal(60);
    await clock.advance(61_000);
    expect((await files('token')).status).to.equal(200);
  });

  it('says the same to whoever has no right any more as where there is nothing, and what to do when it is away', async () => {
    const failing = async (code: string) =>
      filesWith({
        checklists: {
          async exported() {
            throw new AppError(code);
          },
        },
      }).files('token');
    const gone = await failing('checklist.notFound');
    expect(gone.status).to.equal(404);
    expect(await failing('directory.notAMember')).to.deep.equal(gone);
    const unknown = await filesWith({ passes: { open: () => ({ ok: false, why: 'unknown' }) } }).files('token');
    expect(unknown).to.deep.equal(gone);
    const expired = await filesWith({ passes: { open: () => ({ ok: false, why: 'expired' }) } }).files('token');
    expect(expired).to.deep.equal({ ...gone, status: 410 });
    for (const code of ['store.unavailable', 'store.conflict']) {
      const { status, headers } = await failing(code);
      expect([status, headers['Retry-After']], code).to.deep.equal([503, 10]);
    }
    for (const language of languages) expect(gone.body).to.include(textsFor(language)('files.gone.text'));
  });

  it('says when to come again where a file could not be made, which is a fault, and goes on', async () => {
    let times = 0;
    const noFile = new Error('no file');
    const { files, faults } = filesWith({
      async make() {
        times += 1;
        if (times === 1) throw noFile;
        return Buffer.from('file');
      },
    });
    const [first, second] = await Promise.all([files('token'), files('token')]);
    expect([first.status, first.headers['Retry-After']]).to.deep.equal([503, 10]);
    expect(first.headers['Content-Type']).to.include('text/html');
    expect(first.body).to.include(textsFor('fi')('files.busy.title')).and.not.include(noFile.message);
    expect(second.status).to.equal(200);
    expect(faults, 'told once').to.deep.equal([noFile]);
  });
});
