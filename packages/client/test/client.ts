import { Client } from '../src/client.ts'
import type { Clock } from '../src/clock.ts'
import type { ClientSettings } from '../src/settings.ts'

export const project = '/packer/2023-01-01/organizations/org-1/projects/project-1'

/** A client of a server, in a fixed project, whose pauses take no time. */
export function clientOf(
  server: { readonly url: string; readonly ca: string },
  settings: Partial<ClientSettings> = {},
): Client {
  return new Client({
    url: server.url,
    ca: server.ca,
    clientId: 'an-id',
    clientSecret: 'a-secret',
    organizationId: 'org-1',
    projectId: 'project-1',
    clock: fastClock(),
    random: () => 0.5,
    ...settings,
  })
}

/** A clock that stands still until it is moved; sleeping takes no time and is written down. */
export function fastClock(): Clock & { readonly slept: number[]; advance(ms: number): void } {
  const slept: number[] = []
  let now = Date.UTC(2026, 0, 1)
  return {
    slept,
    advance(ms) {
      now += ms
    },
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      slept.push(ms)
    },
  }
}

/** What the registry answers about a bucket. */
export function bucketAnswer(name: string) {
  return {
    bucket: {
      id: '01M8',
      name,
      location: { organization_id: 'org-1', project_id: 'project-1' },
      version_count: '0',
      labels: {},
    },
  }
}
