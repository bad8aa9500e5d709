/** A file in a message, named by the message and the platform's key of it: neither alone is enough to fetch it. */
export function mediaIdOf(messageId: string, key: string): string {
  return `${messageId}/${key}`;
}

/** The message and the key of a file; null where it names none. */
export function messageAndKey(mediaId: string): { readonly messageId: string; readonly key: string } | null {
  const [, messageId, key] = /^([\w-]{1,200})\/([\w-]{1,300})$/.exec(mediaId) ?? [];
  return messageId === undefined || key === undefined ? null : { messageId, key };
}
