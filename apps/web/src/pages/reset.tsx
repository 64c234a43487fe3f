import { ResetPage } from '../sessions/reset-page.tsx'
import { AccountLayout } from '../sessions/account-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <ResetPage />
page.layout = AccountLayout
page.title = 'reset.title'
export default page
