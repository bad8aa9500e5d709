/** The names of all alarms, in the order in which the rules and the runbook have them. */
export const ALARMS = [
  "LiaisonDangerWaiting",
  "LiaisonMessagesWaiting",
  "LiaisonDeliveriesWaiting",
  "LiaisonUncertainSends",
  "LiaisonStuck",
  "LiaisonWebhookFailing",
  "LiaisonDatabaseDown",
  "LiaisonQueueDown",
  "LiaisonAuditBroken",
  "LiaisonAuditOld",
  "LiaisonBackupOld",
  "LiaisonTokenRefused",
  "LiaisonChannelDisconnected",
  "LiaisonCalendarMissing",
  "LiaisonCodesGuessed",
  "LiaisonWebFlood",
] as const;
