// Ankarbot in Azure: the bot as one container of Container Apps, its documents in Cosmos DB, its keys in Key Vault, and
// the registration that leads Teams to it. One user-assigned identity signs in everywhere, so there is no password
// anywhere. Deploy it twice: first without `imageTag`, then put the secrets into the vault and the image into the
// registry, then with it. The steps are in docs/operations.md.

targetScope = 'resourceGroup'

@description('Begins every name; 4 to 12 small letters and digits, a letter first.')
@minLength(4)
@maxLength(12)
param name string = 'ankarbot'

param location string = resourceGroup().location

@description('Tag of the image `ankarbot` in the registry; empty as long as there is none, and then no bot is started.')
param imageTag string = ''

@description('Ids of the Microsoft Entra tenants whose people may use the bot, separated by commas.')
param allowedTenants string = tenant().tenantId

@description('Whether meetings are put into the Outlook calendars of the tenant, which has to have granted it.')
param graphCalendar bool = false

@description('How far back Cosmos DB can be restored.')
@allowed([
  'Continuous7Days'
  'Continuous30Days'
])
param backupTier string = 'Continuous30Days'

@description('Address of the account that holds the documents after a restore; empty for the one that is made here.')
param cosmosEndpoint string = ''

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Address of an OpenTelemetry collector (OTLP over HTTP); none when empty.')
param collector string = ''

@description('Whether the vault holds a secret `collector-headers` with what the collector wants in the headers.')
param collectorHeaders bool = false

var unique = '${name}${uniqueString(resourceGroup().id)}'
var appName = name

// Roles of Azure itself.
var keyVaultSecretsUser = '4633458b-17de-408a-874b-0445c86b69e6'
var registryPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var cosmosDataContributor = '00000000-0000-0000-0000-000000000002'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: logDays
  }
}

// Its secrets `data-keys` and `region` are put there by a person, never by a file.
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take(unique, 24)
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
  }
}

resource vaultReader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: unique
  location: location
  sku: {
    name: 'Basic'
  }
  properties: {
    adminUserEnabled: false
  }
}

resource registryReader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, registryPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', registryPull)
  }
}

resource cosmos 'Microsoft.DocumentDB/databaseAccounts@2024-05-15' = {
  name: unique
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    locations: [
      {
        locationName: location
        failoverPriority: 0
      }
    ]
    capabilities: [
      {
        name: 'EnableServerless'
      }
    ]
    consistencyPolicy: {
      defaultConsistencyLevel: 'Session'
    }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: {
        tier: backupTier
      }
    }
    // No keys: only identities sign in.
    disableLocalAuth: true
    minimalTlsVersion: 'Tls12'
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-05-15' = {
  parent: cosmos
  name: 'ankarbot'
  properties: {
    resource: {
      id: 'ankarbot'
    }
  }
}

// The same as `containerDefinition` in src/storage/cosmos-container.ts; a test compares them.
resource documents 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-05-15' = {
  parent: database
  name: 'documents'
  properties: {
    resource: {
      id: 'documents'
      partitionKey: {
        paths: [
          '/partition'
        ]
        kind: 'Hash'
        version: 2
      }
      defaultTtl: -1
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: [
          {
            path: '/partition/?'
          }
          {
            path: '/kind/?'
          }
          {
            path: '/status/?'
          }
          {
            path: '/owner/?'
          }
          {
            path: '/sort/?'
          }
          {
            path: '/wakeAt/?'
          }
        ]
        excludedPaths: [
          {
            path: '/*'
          }
        ]
      }
    }
  }
}

resource documentsWriter 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-05-15' = {
  parent: cosmos
  name: guid(cosmos.id, identity.id, cosmosDataContributor)
  properties: {
    principalId: identity.properties.principalId
    roleDefinitionId: '${cosmos.id}/sqlRoleDefinitions/${cosmosDataContributor}'
    scope: '${cosmos.id}/dbs/${database.name}'
  }
}

resource apps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
  }
}

resource environmentLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: name
  scope: apps
  properties: {
    workspaceId: logs.id
    logs: [
      {
        category: 'ContainerAppConsoleLogs'
        enabled: true
      }
      {
        category: 'ContainerAppSystemLogs'
        enabled: true
      }
    ]
  }
}

var documentsEndpoint = empty(cosmosEndpoint) ? cosmos.properties.documentEndpoint : cosmosEndpoint
var domain = '${appName}.${apps.properties.defaultDomain}'

resource app 'Microsoft.App/containerApps@2024-03-01' = if (!empty(imageTag)) {
  name: appName
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  dependsOn: [
    vaultReader
    registryReader
    documents
    documentsWriter
  ]
  properties: {
    managedEnvironmentId: apps.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: 3978
        transport: 'http'
        allowInsecure: false
      }
      registries: [
        {
          server: registry.properties.loginServer
          identity: identity.id
        }
      ]
      secrets: concat([
        {
          name: 'data-keys'
          keyVaultUrl: '${vault.properties.vaultUri}secrets/data-keys'
          identity: identity.id
        }
        {
          name: 'region'
          keyVaultUrl: '${vault.properties.vaultUri}secrets/region'
          identity: identity.id
        }
      ], collectorHeaders ? [
        {
          name: 'collector-headers'
          keyVaultUrl: '${vault.properties.vaultUri}secrets/collector-headers'
          identity: identity.id
        }
      ] : [])
    }
    template: {
      // Longer than the bot takes to finish what runs.
      terminationGracePeriodSeconds: 15
      // Reminders are sent by the bot itself, so one always runs. The limits of Teams are counted by each instance for
      // itself, so there is no more than one but for the moment in which a new revision takes over.
      scale: {
        minReplicas: 1
        maxReplicas: 1
      }
      containers: [
        {
          name: 'ankarbot'
          image: '${registry.properties.loginServer}/ankarbot:${imageTag}'
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: concat([
            {
              name: 'ANKARBOT_MODE'
              value: 'production'
            }
            {
              name: 'REGION_FILE'
              value: '/region/region.yaml'
            }
            {
              name: 'STORE'
              value: 'cosmos'
            }
            {
              name: 'COSMOS_ENDPOINT'
              value: documentsEndpoint
            }
            {
              name: 'DATA_KEYS'
              secretRef: 'data-keys'
            }
            {
              name: 'BOT_ID'
              value: identity.properties.clientId
            }
            {
              name: 'BOT_TYPE'
              value: 'UserAssignedMSI'
            }
            {
              name: 'BOT_TENANT_ID'
              value: tenant().tenantId
            }
            {
              name: 'APP_DOMAIN'
              value: domain
            }
            {
              name: 'ALLOWED_TENANTS'
              value: allowedTenants
            }
            {
              name: 'GRAPH_CALENDAR'
              value: graphCalendar ? 'on' : 'off'
            }
            {
              name: 'OTEL_EXPORTER_OTLP_ENDPOINT'
              value: collector
            }
            {
              // The identity that signs in to Cosmos DB.
              name: 'AZURE_CLIENT_ID'
              value: identity.properties.clientId
            }
          ], collectorHeaders ? [
            {
              name: 'OTEL_EXPORTER_OTLP_HEADERS'
              secretRef: 'collector-headers'
            }
          ] : [])
          volumeMounts: [
            {
              volumeName: 'region'
              mountPath: '/region'
            }
          ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              periodSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: 3978
              }
              periodSeconds: 30
              timeoutSeconds: 5
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: 3978
              }
              periodSeconds: 10
              timeoutSeconds: 5
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'region'
          storageType: 'Secret'
          secrets: [
            {
              secretRef: 'region'
              path: 'region.yaml'
            }
          ]
        }
      ]
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: unique
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Ankarbot'
    endpoint: 'https://${domain}/api/messages'
    msaAppId: identity.properties.clientId
    msaAppMSIResourceId: identity.id
    msaAppTenantId: tenant().tenantId
    msaAppType: 'UserAssignedMSI'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}

// For env/.env.dev: the Agents Toolkit writes them there by these names.
output BOT_ID string = identity.properties.clientId
output APP_DOMAIN string = domain
output VAULT_NAME string = vault.name
output REGISTRY_NAME string = registry.name
output COSMOS_ENDPOINT string = documentsEndpoint
