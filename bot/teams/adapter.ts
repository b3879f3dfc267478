import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Config } from '../config.ts';

export type ConnectorFactory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>;

/**
 * botbuilder's CloudAdapter without its turn pipeline, which makes a connector and a token client for every activity:
 * our turns never send through a turn's context. What they have to say goes through the courier, or is the answer of
 * the invoke. What stays is what botbuilder is for: who calls, and how Teams is reached.
 */
export class TeamsAdapter extends CloudAdapter {
  readonly #authentication: ConfigurationBotFrameworkAuthentication;

  constructor(authentication: ConfigurationBotFrameworkAuthentication) {
    super(authentication);
    this.#authentication = authentication;
  }

  /** Rejects with botbuilder's AuthenticationError when the caller is not Teams. */
  async verify(authorization: string, activity: Pick<Activity, 'channelId' | 'serviceUrl'>): Promise<void> {
    await this.#authentication.authenticateRequest(activity as Activity, authorization);
  }

  connectorFactory(appId: string): ConnectorFactory {
    return this.#authentication.createConnectorFactory(this.createClaimsIdentity(appId));
  }
}

export function createTeamsAdapter(config: Config): TeamsAdapter {
  return new TeamsAdapter(new ConfigurationBotFrameworkAuthentication(botSettings(config)));
}

/** Our settings by the names that botbuilder knows. */
function botSettings(config: Config): Record<string, string | undefined> {
  return {
    MicrosoftAppId: config.BOT_ID,
    MicrosoftAppPassword: config.BOT_PASSWORD,
    MicrosoftAppType: config.BOT_ID && config.BOT_TYPE,
    MicrosoftAppTenantId: config.BOT_TENANT_ID,
    ...(config.BOT_OPENID_METADATA_URL && { ToBotFromChannelOpenIdMetadataUrl: config.BOT_OPENID_METADATA_URL }),
    ...(config.BOT_TOKEN_ISSUER && { ToBotFromChannelTokenIssuer: config.BOT_TOKEN_ISSUER }),
  };
}
