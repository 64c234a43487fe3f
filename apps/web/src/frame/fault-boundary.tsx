import { Component, type ReactNode } from 'react'
import { Broken } from './broken.tsx'

interface FaultBoundaryProps {
  /** The page it stands around; another one begins without a fault. */
  path: string
  children: ReactNode
}

interface Fault {
  broken: boolean
  path: string
}

/** A fault in a screen takes that screen's place; trying again, or another page, begins anew. */
export class FaultBoundary extends Component<FaultBoundaryProps, Fault> {
  override state: Fault = { broken: false, path: this.props.path }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  static getDerivedStateFromProps({ path }: FaultBoundaryProps, before: Fault): Fault | null {
    return path === before.path ? null : { broken: false, path }
  }

  override render() {
    return this.state.broken ? (
      <Broken onRetry={() => this.setState({ broken: false })} />
    ) : (
      this.props.children
    )
  }
}
