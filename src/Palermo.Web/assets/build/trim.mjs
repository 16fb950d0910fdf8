// Takes out of the design system what this product never shows or the page already inherits.
const idle = /^(-webkit-font-smoothing|-moz-osx-font-smoothing|(-webkit-)?text-decoration-skip(-ink)?|-webkit-clip-path|-webkit-box-decoration-break)$/;
const control = /input|select|textarea|button|upload/;
const unused = new RegExp("\\.govuk-(" + [
  "(back-link|button|breadcrumbs|link)--inverse", "button--start", "button__start", "button-group--", "breadcrumbs--collapse", "notification-banner--_", "panel--interruption", "panel__actions",
  "tag--(turquoise|pink)", "link-image", "section-break", "pagination--block", "heading-xl", "caption-xl", "body-l", "body-lead", "file-upload-button",
  "(radios|checkboxes)__conditional", "input--extra", "grid-column-[a-z-]+-from-desktop", "exit-this-page", "(label|fieldset__legend)(-wrapper)?--xl", "main-wrapper--l", "summary-card__action(s)?-(?!list)",
].join("|") + ")");

/** PostCSS plugin for rules whose selectors begin with .govuk-. */
export const trim = {
  postcssPlugin: "trim",
  Once(root) {
    root.walkAtRules("supports", at => {
      if (/not \(text-wrap: balance\)/.test(at.params)) at.remove();
      else if (/max\((calc\()?0/.test(at.params)) at.replaceWith(at.nodes);
    });
    root.walkAtRules("media", at => {
      at.params = at.params.replace(", (-ms-high-contrast: active)", "");
      if (/-ms-|\\0|[^ -~]/.test(at.params)) at.remove();
    });
    root.walkRules(rule => {
      if (!rule.selector.includes(".govuk-")) return;
      const kept = rule.selectors.filter(s => !unused.test(s));
      if (kept.length === 0) { rule.remove(); return; }
      if (kept.length < rule.selectors.length) rule.selectors = kept;
      const printed = rule.parent.type === "atrule" && rule.parent.params === "print";
      rule.walkDecls(d => {
        if (idle.test(d.prop) || (d.prop === "font-family" && (printed || !kept.some(s => control.test(s))))) d.remove();
      });
    });
    let emptied = true;
    while (emptied) {
      emptied = false;
      root.walk(node => { if ((node.type === "rule" || node.type === "atrule") && node.nodes?.length === 0) { node.remove(); emptied = true; } });
    }
  },
};
