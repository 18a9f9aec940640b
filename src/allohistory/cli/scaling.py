"""What more threads can gain on this computer: a plain loop in C that shares nothing, on one thread and on several.

Two virtual processors are seldom worth two; a figure of ours is fair only beside what the machine itself gives.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

REPEATS = 3
SOURCE = r"""
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define THREADS_AT_MOST 256

static void *work(void *seed) {
    uint64_t x = (uint64_t)(uintptr_t)seed;
    double sum = 0.0;
    for (long i = 0; i < 60000000; i++) {
        x = x * 6364136223846793005ULL + 1442695040888963407ULL;
        sum = sum * 0.5 + (double)(x >> 40);
    }
    return (void *)(uintptr_t)(uint64_t)sum;
}

int main(int count, char **words) {
    int threads = count > 1 ? atoi(words[1]) : 1;
    pthread_t running[THREADS_AT_MOST];
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    for (int i = 0; i < threads && i < THREADS_AT_MOST; i++)
        pthread_create(&running[i], NULL, work, (void *)(uintptr_t)(i + 1));
    for (int i = 0; i < threads && i < THREADS_AT_MOST; i++)
        pthread_join(running[i], NULL);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    printf("%.6f\n", (double)(ended.tv_sec - begun.tv_sec) + 1e-9 * (double)(ended.tv_nsec - begun.tv_nsec));
    return 0;
}
"""


def compiler() -> str | None:
    """The C compiler of this computer, None where there is none."""
    return shutil.which("gcc") or shutil.which("cc")


def c_seconds(threads: int) -> tuple[float, float] | None:
    """Seconds of the loop on one thread, and on so many that each does as much; None where it cannot be compiled.

    The two are measured in turn, and the best of each is kept.
    """
    found = compiler()
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder) / "loop.c", Path(folder) / "loop"
        source.write_text(SOURCE, encoding="utf-8")
        built = subprocess.run(
            [found, "-O2", "-pthread", "-o", str(program), str(source)], capture_output=True, check=False
        )
        if built.returncode != 0:
            return None
        one = many = float("inf")
        for _ in range(REPEATS):
            one, many = min(one, _seconds(program, 1)), min(many, _seconds(program, threads))
    return one, many


def _seconds(program: Path, threads: int) -> float:
    """One run."""
    done = subprocess.run([str(program), str(threads)], capture_output=True, text=True, check=True)
    return float(done.stdout)
