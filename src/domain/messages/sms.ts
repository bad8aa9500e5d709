/** The kind of channel by which short messages leave. */
export const SMS_CHANNEL = "sms";

/** The rung of a short message that says that an answer waits in a chat. */
export const BY_SMS = "sms";
