import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import type { LocalAccess } from '@ingot/registry'
import { platform } from '@ingot/registry-api'
import { bad, type Finding, good, reasonOf, skipped } from './check.ts'

/** Tokens name the second they expire, so more than this between two clocks is trouble. */
const MAX_CLOCK_DIFFERENCE_MS = 30_000

/** Whether our registry answers at its address, and whether its clock and ours agree. */
export async function checkServer(access: LocalAccess): Promise<readonly Finding[]> {
  const check = 'port'
  try {
    const { product, date } = await health(access)
    if (product !== 'ingot') {
      return [bad(check, `something else answers at ${access.url}`, 'ingot serve --listen with another port')]
    }
    return [good(check, `the registry answers at ${access.url}`), clock(date)]
  } catch (error) {
    const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'
    const seen = refused ? `nothing listens at ${access.url}` : reasonOf(error)
    return [bad(check, seen, 'ingot serve'), skipped('clock', 'the registry does not answer')]
  }
}

function clock(date: string | undefined): Finding {
  const difference = Math.abs(Date.now() - Date.parse(date ?? ''))
  if (difference <= MAX_CLOCK_DIFFERENCE_MS) return good('clock', 'agrees with the registry')
  return bad(
    'clock',
    `${Math.round(difference / 1000)} s away from the registry's`,
    'Set the clock, for example with NTP',
  )
}

function health(
  access: LocalAccess,
): Promise<{ readonly product?: string; readonly date: string | undefined }> {
  const ca = readFileSync(access.caFile, 'utf8')
  return new Promise((resolve, reject) => {
    const call = get(new URL(platform.getHealth.path, access.url), { ca, timeout: 5000 }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        try {
          resolve({ ...JSON.parse(Buffer.concat(chunks).toString()), date: answer.headers.date })
        } catch {
          resolve({ date: answer.headers.date })
        }
      })
    })
    call.on('timeout', () => call.destroy(new Error('the registry does not answer within 5 s')))
    call.on('error', reject)
  })
}
