import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { writeDocx } from '../../../../../src/documents/docx.ts';
import { writePdf } from '../../../../../src/documents/pdf.ts';
import type { Draft } from '../../../../../src/meetings/created.ts';
import type { MeetingCommand } from '../../../../../src/meetings/model.ts';
import { letterName, letterOf } from '../../../../../src/meetings/telling/letter.ts';
import { requireInvitation } from '../../../../../src/meetings/transition.ts';
import { formatReference } from '../../../../../src/shared/ids.ts';
import { type Language, languages } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { type ExamplePerson, exampleDirectory, monday, people, refusalOf } from '../../../../support/builders.ts';
import { meeting, played, pollPlan, sceneOf } from '../../../../support/meetings.ts';

const subject = formatReference('LOJ', 2026, 42);
const aboutACase = { kind: 'case', subject, title: 'Samtal om skolan' } as const;
const directory = exampleDirectory();

/** What stands on it, line by line. */
function linesOf(
  wanted: Partial<Draft> = {},
  language: Language = 'sv',
  ...presses: (readonly [who: ExamplePerson, command: MeetingCommand])[]
): string[] {
  const paper = paperOf(wanted, language, ...presses);
  return [paper.title, ...paper.sections.map((section) => ('text' in section ? section.text : ''))];
}

function paperOf(
  wanted: Partial<Draft>,
  language: Language,
  ...presses: (readonly [who: ExamplePerson, command: MeetingCommand])[]
) {
  const planned = played(meeting({ ...aboutACase, ...wanted }), ...presses);
  const { occurrence } = requireInvitation(planned, '2026-11-26', sceneOf('petri'));
  return letterOf(planned, occurrence, { texts: textsFor(language), directory });
}

describe('the invitation on paper', () => {
  it('says when and where, in the words of its reader', () => {
    expect(linesOf()).to.include.members(['Torsdag 26 november 2026 kl. 13.00–14.00', 'Polisstationen']);
    expect(linesOf({}, 'fi')).to.include('Torstaina 26. marraskuuta 2026 klo 13.00–14.00');
    expect(linesOf({}, 'en')).to.include('Thursday, 26 November 2026, 13:00–14:00');
  });

  it('says that a link or a place is still to come, and prints none', () => {
    const texts = textsFor('sv');
    expect(linesOf({ place: { online: false, where: '' } })).to.include(texts('meeting.letter.asked'));
    expect(linesOf({ place: { online: true, where: 'https://teams.example/hemlig' } })).to.include(
      texts('meeting.letter.online'),
    );
    expect(linesOf({ place: { online: true, where: 'https://teams.example/hemlig' } }).join()).to.not.include('https');
  });

  it('says whom one meets by profession: of those who are invited, whoever has not said no', () => {
    expect(linesOf()).to.include(
      'Från oss träffar du en polis, en socialarbetare, en hälsovårdare och en ungdomsarbetare.',
    );
    const two = { invited: { everyone: false, named: [people.petri, people.sofia] } };
    expect(linesOf(two, 'fi')).to.include('Meistä tapaat poliisin ja sosiaalityöntekijän.');
    const on = '2026-11-26';
    expect(linesOf(two, 'en', ['petri', { do: 'reply', on, coming: 'no' }])).to.include(
      'From our team you will meet a social worker.',
    );
  });

  it('names nobody and no case, whatever they wrote of it in the title or the place, nor does the file', () => {
    const names = directory.people.flatMap(({ name }) => name.split(' '));
    for (const language of languages) {
      const where = `${subject}: Ungdomshuset, loj 2026 42, rum 3`;
      const text = linesOf({ place: { online: false, where } }, language).join('\n');
      expect(text).to.include('Ungdomshuset').and.include('rum 3').and.not.include(aboutACase.title);
      expect(text).to.not.match(/loj[ -]?2026/i);
      for (const name of names) expect(text, name).to.not.include(name);
      expect(letterName({ start: '2026-11-26T13:00' }, textsFor(language))).to.match(/^\p{L}+ 2026-11-26$/u);
    }
  });

  it('says that it is voluntary, asks for consent, and leaves name and phone number to be written by hand', () => {
    const texts = textsFor('sv');
    const lines = linesOf();
    for (const key of ['to', 'bring', 'help', 'voluntary', 'guardians', 'contact', 'call'] as const)
      expect(lines).to.include(texts(`meeting.letter.${key}`));
    expect(lines).to.include('Lojo ankarteam, Lojo polisstation');
  });

  it('is one page in each language, also with a long place, and reads in Word and as PDF as it was written', async () => {
    for (const language of languages) {
      const paper = paperOf({ place: { online: true, where: 'Ungdomshuset '.repeat(12).trim() } }, language);
      const pdf = await getDocumentProxy(new Uint8Array(await writePdf(paper)));
      expect(pdf.numPages, language).to.equal(1);
      const { items } = await (await pdf.getPage(1)).getTextContent();
      const printed = items.map((item) => ('str' in item ? item.str : '')).join('');
      const zipped = unzipSync(await writeDocx(paper));
      const written = strFromU8(zipped['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '');
      const bare = (text: string): string => text.replace(/\s+/g, '');
      for (const section of paper.sections) {
        if (section.is === 'table') throw new Error('a letter has no table');
        expect(bare(printed), language).to.include(bare(section.text));
        expect(written, language).to.include(section.text);
      }
      const properties = strFromU8(zipped['docProps/core.xml'] ?? new Uint8Array());
      expect(properties)
        .to.include(paper.title)
        .and.not.match(/LOJ-2026/);
    }
  });

  it('is there for a meeting about a case that is still to come, and for no other', async () => {
    const refused = (of: ReturnType<typeof meeting>, now = monday) =>
      refusalOf((async () => requireInvitation(of, '2026-11-26', sceneOf('petri', now)))());
    const planned = meeting(aboutACase);
    expect(await refused(planned)).to.equal(null);
    expect(await refused(meeting())).to.equal('meeting.notFound');
    expect(await refused(meeting({ ...aboutACase, plan: pollPlan() }))).to.equal('meeting.notPlanned');
    expect(await refused(played(planned, ['maria', { do: 'cancel', on: null }]))).to.equal('meeting.cancelled');
    expect(await refused(planned, monday.add({ hours: 24 * 4 }))).to.equal('meeting.over');
  });
});
