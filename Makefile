# SPDX-License-Identifier: GPL-3.0-or-later
# `make run` and `make test`: everything else is Meson's (meson.build).
.PHONY: run build test gates bench clean
.SILENT:

build:
	tools/install.sh
	tools/build.sh

run: build
	echo "starting the demo desk"
	build/staffel demo --data demo --listen 127.0.0.1:$${PORT:-8080}

test:
	tools/install.sh test
	tools/test.sh

gates: test
	build/tests/crash/staffel-crash kill 10000
	build/tests/crash/staffel-crash power 2000
	build/tests/crash/staffel-crash control
	python3 tests/oracle/oracle.py build/tests/oracle/staffel-clock 1000000
	build/tests/property/staffel-property 1000000
	tools/fuzz.sh 0 20

bench: build
	tools/bench/bench.sh

clean:
	rm -rf build build-clang build-fuzz demo
