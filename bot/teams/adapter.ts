import { AsyncLocalStorage } from 'node:async_hooks';
import { type Activity, CloudAdapterBase, ConfigurationBotFrameworkAuthentication } from 'botbuilder-core';
import type { Config } from '../config.ts';
import type { VouchedFor } from './remembered.ts';

/** Who issues the tokens of Teams' activities, and the audience of those that our requests to Teams carry. */
export const connectorService = 'https://api.botframework.com';

export type ConnectorFactory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>;

/**
 * botbuilder's cloud adapter without its turn pipeline, which makes a connector and a token client for every activity:
 * our turns never send through a turn's context. What they have to say goes through the courier, or is the answer of
 * the invoke. What stays is what botbuilder is for: who calls, and how Teams is reached. All of that is in `botbuilder-core`;
 * what the whole of it loads beside that (streaming, skills, transcripts) is 160 modules.
 */
export class TeamsAdapter extends CloudAdapterBase {
  readonly #authentication: ConfigurationBotFrameworkAuthentication;

  constructor(authentication: ConfigurationBotFrameworkAuthentication) {
    super(authentication);
    this.#authentication = authentication;
  }

  /** Rejects with botbuilder's AuthenticationError when the caller is not Teams. */
  async verify(authorization: string, activity: VouchedFor): Promise<void> {
    // These two are what it reads of an activity.
    await verifying.run(true, () => this.#authentication.authenticateRequest(activity as Activity, authorization));
  }

  connectorFactory(appId: string): ConnectorFactory {
    return this.#authentication.createConnectorFactory(this.createClaimsIdentity(appId));
  }
}

/**
 * botbuilder tells the console of every token that it refuses, at length. Whoever can reach the bot could fill the log
 * with that, so nothing is said there while a token is verified; the refusal itself is answered and counted.
 */
const verifying = new AsyncLocalStorage<true>();
const { error: say } = globalThis.console;
globalThis.console.error = (...words: unknown[]): void => {
  if (!verifying.getStore()) say(...words);
};

/**
 * Hours after which the keys of the token issuer are fetched anew when a token is to be verified. Keys that the issuer
 * has changed to are known at the latest then; since verified tokens are remembered, that is seldom asked.
 */
const keysFreshFor = 5 / 60;

export function createTeamsAdapter(config: Config): TeamsAdapter {
  const options = { tokenRefreshInterval: keysFreshFor };
  return new TeamsAdapter(
    new ConfigurationBotFrameworkAuthentication(botSettings(config), undefined, undefined, undefined, options),
  );
}

/**
 * Our settings by the names that botbuilder knows. As soon as one of the addresses is given it takes those that are not
 * for empty, and could sign in nowhere: so all are, those of Microsoft's public cloud.
 */
function botSettings(config: Config): Record<string, string | undefined> {
  return {
    MicrosoftAppId: config.BOT_ID,
    MicrosoftAppPassword: config.BOT_PASSWORD,
    MicrosoftAppType: config.BOT_ID && config.BOT_TYPE,
    MicrosoftAppTenantId: config.BOT_TENANT_ID,
    ToBotFromChannelOpenIdMetadataUrl:
      config.BOT_OPENID_METADATA_URL ?? 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    ToBotFromChannelTokenIssuer: config.BOT_TOKEN_ISSUER ?? connectorService,
    ToBotFromEmulatorOpenIdMetadataUrl:
      'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: connectorService,
    OAuthUrl: connectorService,
  };
}
