import { expect } from 'chai';
import { taskOf } from '../../../../src/checklists/task-card.ts';
import type { Localised } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { type ExamplePerson, exampleDirectory, lojo, monday, people, raseborg } from '../../../support/builders.ts';
import { dateAt, itemOf, list, played, twoLeaders } from '../../../support/checklists.ts';

const sv = textsFor('sv');
const scene = { texts: sv, directory: twoLeaders, today: dateAt(monday), placement: null };
const evidence = 'https://example.com/beslut';

const taskIn = (state: ReturnType<typeof played>, item: string, who: ExamplePerson) =>
  taskOf({ list: state, item: itemOf(state, item) }, scene, { person: people[who], leads: who === 'maria' });
const verbs = (task: ReturnType<typeof taskOf>): string[] =>
  task.actions.map((action) => ('verb' in action ? (action.verb ?? '') : action.type));

describe('an item as a task', () => {
  const taken = played(list(), ['petri', { do: 'take', item: 'plain' }], ['petri', { do: 'take', item: 'checked' }]);
  const linked = played(taken, ['petri', { do: 'link', item: 'checked', link: evidence }]);
  const waiting = played(linked, ['petri', { do: 'done', item: 'checked' }]);

  it('is finished with one press by who has it, and asks for the evidence first where it is needed', () => {
    const usual = ['checklist.reasonForm', 'checklist.item'];
    expect(verbs(taskIn(taken, 'plain', 'petri'))).to.deep.equal(['checklist.done', ...usual]);
    expect(verbs(taskIn(taken, 'checked', 'petri'))).to.deep.equal(['checklist.linkForm', ...usual]);
    expect(verbs(taskIn(linked, 'checked', 'petri'))).to.deep.equal(['checklist.done', ...usual]);
    expect(taskIn(taken, 'plain', 'petri').about).to.equal(null);
  });

  it('says with every press that it came from the tasks, to which one goes back', () => {
    const from = taskIn(linked, 'checked', 'petri').actions.map((action) => 'data' in action && action.data);
    for (const data of from) expect(data).to.deep.include({ from: 'tasks' });
  });

  it('tells whoever is to approve it who did it and when, with the evidence a press away', () => {
    const task = taskIn(waiting, 'checked', 'maria');
    expect(task.about).to.equal(sv('checklist.signed.waiting', { name: 'Petri Aaltonen', date: 'mån 23 nov' }));
    expect(verbs(task)).to.deep.equal(['checklist.approve', 'checklist.sendBack', 'Action.OpenUrl', 'checklist.item']);
    expect(task.actions).to.deep.include({
      type: 'Action.OpenUrl',
      title: sv('checklist.actions.openLink'),
      url: evidence,
    });
    const without = { ...itemOf(waiting, 'checked'), link: null };
    const bare = taskOf({ list: waiting, item: without }, scene, { person: people.maria, leads: true });
    expect(verbs(bare)).to.not.include('Action.OpenUrl');
  });

  it('says of which body its list is to whoever belongs to several, and to nobody else', () => {
    const directory = exampleDirectory();
    const member = directory.members.find(({ person, body }) => person === people.petri && body === lojo);
    if (!member) throw new Error('Petri is not in Lojo.');
    const ofIn = (members: typeof directory.members): Localised =>
      taskOf(
        { list: taken, item: itemOf(taken, 'plain') },
        { ...scene, directory: { ...directory, members } },
        { person: people.petri, leads: false },
      ).of;
    expect(ofIn(directory.members)).to.deep.equal(taken.title);
    const elsewhere = { ...member, body: raseborg };
    expect(ofIn([...directory.members, { ...elsewhere, removed: true }])).to.deep.equal(taken.title);
    const { sv: swedish, fi: finnish } = ofIn([...directory.members, elsewhere]);
    expect([swedish, finnish]).to.deep.equal(['Start · Lojo ankarteam', 'Start · Lohjan ankkuritiimi']);
  });
});
