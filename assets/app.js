/* What enhances pages that work without it. Loaded as a module, so no inline script is needed. */
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { ServiceNavigation } from "govuk-frontend/dist/govuk/components/service-navigation/service-navigation.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { Alert } from "@ministryofjustice/frontend/moj/components/alert/alert.mjs";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
	Button,
	CharacterCount,
	Checkboxes,
	ErrorSummary,
	FileUpload,
	NotificationBanner,
	PasswordInput,
	Radios,
	ServiceNavigation,
	SkipLink,
	Alert
]) {
	createAll(component);
}

/* Print buttons do nothing without scripts and stay hidden then. */
for (const button of document.querySelectorAll("[data-app-print]")) {
	button.hidden = false;
	button.addEventListener("click", () => window.print());
}

/* A page that waits for long work looks again after so many seconds. */
for (const waiting of document.querySelectorAll("[data-app-refresh]")) {
	const seconds = Number(waiting.dataset.appRefresh);
	if (seconds > 0) {
		setTimeout(() => window.location.reload(), seconds * 1000);
	}
}
