import { NewPasswordPage } from '../sessions/new-password-page.tsx'
import { AccountLayout } from '../sessions/account-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <NewPasswordPage />
page.layout = AccountLayout
page.title = 'newPassword.title'
export default page
