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

/* A long form is saved as a draft when the person pauses. Files are not. */
for (const form of document.querySelectorAll("form[data-app-draft]")) {
	const status = document.createElement("p");
	let timer, saving;
	status.className = "govuk-hint";
	status.setAttribute("role", "status");
	form.append(status);
	const save = async () => {
		const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
		body.set("_quiet", "yes");
		saving = new AbortController();
		try {
			const answer = await fetch(form.dataset.appDraft, { method: "POST", body, redirect: "manual", signal: saving.signal });
			status.textContent = answer.type === "opaqueredirect" ? "Draft saved" : "The draft could not be saved";
		} catch {
			status.textContent = "";
		}
	};
	form.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(save, 4000);
	});
	form.addEventListener("submit", () => {
		clearTimeout(timer);
		saving?.abort();
	});
}

/* In a list of which several rows can be picked: one box for all of them. */
for (const head of document.querySelectorAll("[data-app-select-all]")) {
	const boxes = () => head.closest("form").querySelectorAll("input[type=checkbox][name=row]");
	const button = document.createElement("button");
	button.type = "button";
	button.className = "app-link-button govuk-link";
	button.textContent = "Select all";
	button.addEventListener("click", () => {
		const all = [...boxes()].every((box) => box.checked);
		boxes().forEach((box) => { box.checked = !all; });
		button.textContent = all ? "Select all" : "Select none";
	});
	head.replaceChildren(button);
}

/* On a narrow screen the filter would push its results out of sight: a button shows it. */
for (const filter of document.querySelectorAll("[data-app-filter]")) {
	if (window.matchMedia("(min-width: 48.0625rem)").matches) {
		continue;
	}
	const toggle = document.createElement("button");
	const show = (shown) => {
		filter.hidden = !shown;
		toggle.setAttribute("aria-expanded", String(shown));
		toggle.textContent = shown ? "Hide filter" : "Show filter";
	};
	toggle.type = "button";
	toggle.className = "govuk-button govuk-button--secondary app-filter-toggle";
	toggle.setAttribute("aria-controls", filter.id);
	toggle.addEventListener("click", () => show(filter.hidden));
	filter.before(toggle);
	show(false);
}
