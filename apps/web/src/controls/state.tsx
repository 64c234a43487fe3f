import { clsx } from 'clsx'
import type { ComponentType, ReactNode } from 'react'

interface StateProps {
  icon: ComponentType<{ className?: string }>
  tone?: 'accent' | 'red'
  /** Left out where a heading above says it already. */
  title?: ReactNode
  children?: ReactNode
  /** Buttons. */
  acts?: ReactNode
  alert?: boolean
}

/** What a pane shows in place of content: empty, no result, error, no permission. */
export function State({ icon: Icon, tone, title, children, acts, alert }: StateProps) {
  return (
    <div className="state" role={alert ? 'alert' : undefined}>
      <span className={clsx('ic', tone)}>
        <Icon className="i l" />
      </span>
      {title ? <h2 dir="auto">{title}</h2> : null}
      {children ? <p>{children}</p> : null}
      {acts ? <div className="row">{acts}</div> : null}
    </div>
  )
}
