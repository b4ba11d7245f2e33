# The front end: CSS and JavaScript made of assets/ and the pinned packages, then embedded.
# Every assets/*.js is bundled (app.js first); every assets/*.svg is served as it is.
# A copy of the lock file that the packages were installed from.
NODE := node_modules/.installed
ASSET_JS := assets/app.js $(filter-out assets/app.js,$(sort $(wildcard assets/*.js)))
MOJ_IMAGES := node_modules/@ministryofjustice/frontend/moj/assets/images
ASSET_ICONS := $(foreach i,close-cross-black document tag-remove-cross tag-remove-cross-white toggle-plus-minus,icon-$(i).svg)
ASSET_SVG := $(sort $(notdir $(wildcard assets/*.svg))) $(ASSET_ICONS)
# Text of the public pages and of the demonstration: for the program itself (asset_text).
ASSET_TEXT := $(sort $(wildcard assets/pages/*.md assets/demo/*.*))
# Pictures first: the embedder puts their final addresses into the files that follow.
ASSET_FILES := $(addprefix $(B)/assets/,$(ASSET_SVG) app.css app.js)

$(NODE): package-lock.json
	cmp -s $< $@ || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@cp $< $@

$(B)/assets/app.css: assets/app.scss $(NODE)
	@mkdir -p $(@D)
	node_modules/.bin/sass --quiet --no-error-css --no-source-map --style=compressed --load-path=. --load-path=node_modules $< $@

$(B)/assets/entry.js: $(ASSET_JS)
	@mkdir -p $(@D)
	@for f in $(abspath $(ASSET_JS)); do echo "import \"$$f\";"; done > $@

$(B)/assets/app.js: $(B)/assets/entry.js $(ASSET_JS) $(NODE)
	NODE_PATH=node_modules node_modules/.bin/esbuild $< --bundle --minify --format=esm --target=es2020 --legal-comments=none --log-level=warning --outfile=$@

$(B)/assets/icon-%.svg: $(NODE)
	@mkdir -p $(@D)
	cp $(MOJ_IMAGES)/icon-$*.svg $@
$(B)/assets/%.svg: assets/%.svg
	@mkdir -p $(@D)
	cp $< $@

$(B)/gen/assets.c: $(B)/tools/embed $(ASSET_FILES) $(ASSET_TEXT)
	@mkdir -p $(@D)
	$(B)/tools/embed $@ $(ASSET_FILES) $(ASSET_TEXT)
