export interface SeenMail {
  readonly to: string;
  readonly subject: string;
}

export interface MailReader {
  /** All mails to any of these addresses. */
  mailsTo(addresses: readonly string[]): Promise<SeenMail[]>;
}

interface Page {
  /** Mails in the inbox. */
  readonly total: number;
  readonly messages: readonly {
    readonly ID: string;
    readonly To: readonly { readonly Address: string }[];
    readonly Subject: string;
  }[];
}

const pageSize = 200;

/** Reads an inbox by its API, each mail once: it takes a copy with a known Message-ID for the same mail. */
export function openMailReader(url: string): MailReader {
  const ids = new Set<string>();
  const mailsOf = new Map<string, SeenMail[]>();

  /** The newest come first, and push the others back while they are read: some are seen twice, so only their number tells that all are known. */
  async function readNew(): Promise<void> {
    let total = 0;
    for (let start = 0; start === 0 || (ids.size < total && start < total); start += pageSize) {
      const response = await fetch(`${url}/api/v1/messages?start=${start}&limit=${pageSize}`);
      const page = (await response.json()) as Page;
      total = page.total;
      for (const { ID, To, Subject: subject } of page.messages) {
        if (ids.has(ID)) continue;
        ids.add(ID);
        for (const { Address: to } of To) mailsOf.set(to, [...(mailsOf.get(to) ?? []), { to, subject }]);
      }
    }
  }
  return {
    async mailsTo(addresses) {
      await readNew();
      return addresses.flatMap((address) => mailsOf.get(address) ?? []);
    },
  };
}
