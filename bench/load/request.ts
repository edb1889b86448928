export interface Content {
  readonly headers?: Readonly<Record<string, string>>
  /** JSON unless the headers say otherwise. */
  readonly body?: string
}

/** A request of HTTP/1.1 as text, with the headers that Go's client sends. */
export function request(method: string, path: string, { headers, body = '' }: Content = {}): string {
  const all = {
    host: 'localhost',
    'user-agent': 'Go-http-client/1.1',
    accept: 'application/json',
    ...(body && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    'x-hcp-source-channel': 'packer/1.16.0 hcp-go-sdk/0.174.0',
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}
