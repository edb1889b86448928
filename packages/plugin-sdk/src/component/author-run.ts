import type { Ui } from '@ingot/plugin-rpc'
import type { BuildVariables } from '../config/decode.ts'
import { templateContext } from '../config/decode.ts'
import type { Duration } from '../config/duration.ts'
import type { PackerSettings } from '../config/packer-settings.ts'
import { CancelledError, isCancelled } from '../errors/cancelled-error.ts'
import { messageOf } from '../errors/message-of.ts'
import type { Surroundings } from '../plugin/surroundings.ts'
import type { TemplateContext } from '../template/context.ts'
import { renderTemplate } from '../template/render.ts'
import { OrderedUi } from '../ui/ordered-ui.ts'
import { AbortIgnoredError, withinGrace } from './abort-grace.ts'

/**
 * Fills in `{{ }}` of a `.verbatim()` field, with `data` as `{{ .NAME }}` and functions of your own beside all that
 * other fields may use.
 */
export type Render = (template: string, more?: Pick<TemplateContext, 'data' | 'functions'>) => string

export function renderWith(packer: PackerSettings, build: BuildVariables): Render {
  const context = templateContext(packer, build)
  return (template, more = {}) => renderTemplate(template, { ...context, ...more })
}

interface Call {
  readonly ui: Ui
  readonly signal: AbortSignal
  /** As in a sentence: `the provisioner`. */
  readonly who: string
  readonly grace: Duration | undefined
}

/**
 * Runs the author's code for a call of the host's. When it resolves or throws, all is said; what a cancelled run
 * throws is told to the log, and to the user that it was cancelled.
 */
export async function authorRun<T>(
  { ui, signal, who, grace }: Call,
  around: Surroundings,
  run: (ui: OrderedUi) => Promise<T>,
): Promise<T> {
  const ordered = new OrderedUi(ui, around)
  try {
    CancelledError.throwIf(signal)
    const warn = (text: string) => void ordered.say(text)
    return await withinGrace(Promise.race([run(ordered), around.crashed]), {
      who,
      signal,
      grace,
      warn,
      around,
    })
  } catch (error) {
    if (!isCancelled(signal) || error instanceof AbortIgnoredError) throw error
    if (!(error instanceof CancelledError))
      around.log(`While it was cancelled, it ended with: ${messageOf(error)}`)
    throw new CancelledError()
  } finally {
    await ordered.said()
  }
}
