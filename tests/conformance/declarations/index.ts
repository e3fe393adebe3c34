import { abuseScenarios, abuseTables, abuseViews } from './abuse.ts';
import { accountScenarios } from './accounts.ts';
import { canaryScenarios, canaryTables, canaryViews } from './canary.ts';
import { checkScenarios } from './checks.ts';
import { claimScenarios } from './claims.ts';
import { erasureScenarios } from './erasure.ts';
import { guardScenarios } from './guards.ts';
import { invitationScenarios, invitationTables, invitationViews } from './invitations.ts';
import { jobScenarios, jobTables, jobViews } from './jobs.ts';
import { noticeScenarios } from './notice-scenarios.ts';
import { noticeTables, noticeViews } from './notices.ts';
import { operationScenarios } from './operation-scenarios.ts';
import { operationTables, operationViews } from './operations.ts';
import { playbackCutScenarios, playbackCutTables, playbackCutViews } from './playback-cuts.ts';
import { reconciliationScenarios, reconciliationTables, reconciliationViews } from './reconciliation.ts';
import { refusalScenarios } from './refusals.ts';
import { retentionScenarios } from './retention.ts';
import { sealingScenarios } from './sealing.ts';
import { settingScenarios, settingTables, settingViews } from './settings.ts';
import { shareProofScenarios, shareProofTables, shareProofViews } from './share-proofs.ts';
import { signingKeyScenarios, signingKeyTables } from './signing-keys.ts';
import { appTables, guardedTables } from './tables.ts';
import { views } from './views.ts';
import { webVitalsTables } from './web-vitals.ts';
import { webhookSecretScenarios, webhookSecretTables } from './webhook-secrets.ts';

export { declaredCalls } from './calls.ts';
export { declaredFunctions } from './functions.ts';

/** Every table of app, audit and authz. */
export const declaredTables = [
  ...appTables,
  ...noticeTables,
  ...settingTables,
  ...operationTables,
  ...jobTables,
  ...playbackCutTables,
  ...invitationTables,
  ...canaryTables,
  ...reconciliationTables,
  ...signingKeyTables,
  ...webhookSecretTables,
  ...shareProofTables,
  ...abuseTables,
  ...webVitalsTables,
  ...guardedTables,
];

/** Every table and view of api, app, audit and authz. */
export const declaredObjects = [
  ...views,
  ...noticeViews,
  ...settingViews,
  ...operationViews,
  ...jobViews,
  ...playbackCutViews,
  ...invitationViews,
  ...canaryViews,
  ...reconciliationViews,
  ...abuseViews,
  ...shareProofViews,
  ...declaredTables,
];

/** What constraints, triggers, functions and the check of every request refuse. */
export const declaredScenarios = [
  ...claimScenarios,
  ...accountScenarios,
  ...erasureScenarios,
  ...refusalScenarios,
  ...guardScenarios,
  ...checkScenarios,
  ...sealingScenarios,
  ...noticeScenarios,
  ...settingScenarios,
  ...operationScenarios,
  ...playbackCutScenarios,
  ...invitationScenarios,
  ...canaryScenarios,
  ...reconciliationScenarios,
  ...signingKeyScenarios,
  ...webhookSecretScenarios,
  ...shareProofScenarios,
  ...retentionScenarios,
  ...jobScenarios,
  ...abuseScenarios,
];
