import { noAccess, unknownConversation } from './messages.ts';
import { type Call, failure, type Reply } from './reply.ts';
import { type Fields, findConversation, type TeamsUser } from './world.ts';

/** The fields of a person in a roster. `objectId` is the older name of `aadObjectId`; Teams sends both. */
function member(user: TeamsUser): Fields {
  const [givenName = '', ...surname] = user.name.split(' ');
  const address = `${user.name.toLowerCase().replaceAll(' ', '.')}@example.test`;
  return {
    id: user.id,
    name: user.name,
    objectId: user.aadObjectId,
    aadObjectId: user.aadObjectId,
    givenName,
    surname: surname.join(' '),
    email: address,
    userPrincipalName: address,
    tenantId: user.tenantId,
    userRole: user.role,
  };
}

/** The people of a conversation; the id of a team stands for everyone in its channels. */
function roster({ world, parameters: [id = ''] }: Call): TeamsUser[] | Reply {
  const conversation = findConversation(world, id) ?? world.teams.get(id)?.channels[0];
  if (!conversation) return unknownConversation;
  const refusal = noAccess(conversation);
  if (refusal) return refusal;
  const people = conversation.team?.channels.flatMap(({ members }) => members) ?? conversation.members;
  return [...new Set(people)];
}

/** GET …/members */
export function listMembers(call: Call): Reply {
  const people = roster(call);
  return 'status' in people ? people : { status: 200, body: people.map(member) };
}

/** GET …/pagedmembers; the token is the number of people already told. */
export function pageMembers(call: Call): Reply {
  const people = roster(call);
  if ('status' in people) return people;
  const size = Math.min(Math.max(Number(call.query.get('pageSize') ?? 200), 50), 500);
  const from = Number(call.query.get('continuationToken') ?? 0);
  if (!Number.isInteger(from)) return failure(400, 'BadArgument', 'The continuation token is not valid.');
  const next = from + size < people.length ? { continuationToken: String(from + size) } : {};
  return { status: 200, body: { members: people.slice(from, from + size).map(member), ...next } };
}

/** GET …/members/{id}, by Teams id or object id. */
export function showMember(call: Call): Reply {
  const people = roster(call);
  if ('status' in people) return people;
  const wanted = call.parameters[1];
  const user = people.find(({ id, aadObjectId }) => id === wanted || aadObjectId === wanted);
  return user
    ? { status: 200, body: member(user) }
    : failure(404, 'MemberNotFoundInConversation', 'The member is not part of the conversation.');
}

/** GET /v3/teams/{id} */
export function showTeam({ world, parameters: [id = ''] }: Call): Reply {
  const team = world.teams.get(id);
  if (!team) return unknownConversation;
  const people = new Set(team.channels.flatMap(({ members }) => members));
  const { name, aadGroupId, channels } = team;
  return {
    status: 200,
    body: { id, name, aadGroupId, type: 'standard', channelCount: channels.length, memberCount: people.size },
  };
}

/** GET /v3/teams/{id}/conversations. The General channel has the team's id and no name. */
export function listChannels({ world, parameters: [id = ''] }: Call): Reply {
  const team = world.teams.get(id);
  if (!team) return unknownConversation;
  const conversations = team.channels.map((channel) => ({
    id: channel.id,
    name: channel.id === id ? null : channel.name,
  }));
  return { status: 200, body: { conversations } };
}
