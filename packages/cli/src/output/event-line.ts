import type { EngineEvent } from '@ingot/engine'
import pc from 'picocolors'

/** One line for people of what happens in a run; nothing for what they need not see. */
export function eventLine(event: EngineEvent): string | undefined {
  switch (event.type) {
    case 'version-opened':
      return pc.dim(`${event.bucket}: version ${event.fingerprint} opened`)
    case 'output':
      return `${named(event.component)} ${event.kind === 'error' ? pc.red(event.text) : event.text}`
    case 'warning':
      return `${named(event.component)} ${pc.yellow(event.text)}`
    case 'build-skipped':
      return `${named(event.component)} was published before`
    case 'build-made':
      return `${named(event.component)} ${event.description}`
    case 'build-published':
      return `${named(event.component)} ${pc.green('published')}`
    case 'build-failed':
      return `${named(event.component)} ${pc.red(`failed: ${event.reason}`)}`
    case 'build-cancelled':
      return `${named(event.component)} ${pc.yellow('cancelled')}`
    case 'registry-trouble':
      return `${named(event.component)} ${pc.yellow(`${event.error.message} Trying again …`)}`
    case 'rescued':
      return `The images are kept in ${event.file}. To publish them later:  ${event.command}`
    default:
      return
  }
}

function named(component: string): string {
  return pc.bold(`${component}:`)
}
