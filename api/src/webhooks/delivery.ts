/** Whose webhooks the inbox takes. */
export type ProviderName = 'mux' | 'clerk' | 'resend';

/** A delivery whose signature was found right, as it goes into the inbox. */
export interface Delivery {
  readonly provider: ProviderName;
  /** The provider's id of the event: it is stored once. */
  readonly eventId: string;
  readonly type: string;
  /** The provider's id of what the event is about; null when that is a person, or unknown. */
  readonly objectId: string | null;
  /** The bytes that were signed. */
  readonly body: Buffer;
  readonly signedAt: Date;
  /** Signed longer ago than tolerated: it is kept aside. */
  readonly stale: boolean;
}

/** What became of a delivery, known only once it is committed. */
export interface Stored {
  /** Null when the event came before and its month has been removed since. */
  readonly state: string | null;
  readonly isDuplicate: boolean;
}
