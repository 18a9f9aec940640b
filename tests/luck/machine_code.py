"""Compiles every kernel of luck afresh and says what the machine code is made of, as JSON on standard output.

Run in a process of its own: what comes from Numba's cache has no code to look at, and LLVM ends the process when it
meets an instruction it cannot emit. `uncached` drivers below are therefore plain `njit`, never `entry`.
"""

import json
import math
import re

import llvmlite.binding as llvm
import numba
import numpy as np

from allohistory.luck import draws, hindsight
from allohistory.luck.arithmetic import ratio
from luck import drivers as d

day_of = hindsight.day_of
log_fired = draws.log_fired
T = np.int64(3)
ARM = "aarch64-unknown-linux-gnu"
FUSED = re.compile(r"\bv?f(?:n?madd|n?msub|mla|mls)[\w.]*|\bllvm\.fma[\w.]*|\bllvm\.fmuladd[\w.]*")
FAST_FLAGS = re.compile(r" = (?:f\w+|call) (?:fast|contract|reassoc|nnan|ninf|nsz|arcp|afn)\b[^\n]*")


@numba.njit(error_model="numpy")
def every_kernel(f, u, x):
    """One call of every kernel that makes numbers; nothing here can be left out by the optimiser."""
    s = d.uniform(T, T, T, T, T, T)
    s += (
        d.exp(x) + d.log(x) + d.expm1(x) + d.log1p(x) + d.normal_quantile(x) + d.normal_cdf(x) + d.logistic(x)
    )
    s += d.scaled_tail(x) + ratio(x, s, x) + log_fired(x, T)
    s += d.carry_choice(f, u, T, T, T, T, T, T, T, T, np.int64(x), T) + d.choose(u, T, T, T, T, T, T, T)
    s += d.carry_family(np.int64(x), x, x, x, x, x, T) + d.log_interval_of(np.int64(x), x, x, x, x)
    s += d.log_probability(u, T, T) + d.family_value(np.int64(x), x, x, x)
    if d.week_fires(x, s, u[0], True, x > 1.0):
        s += d.carried_day(x, s, u[1], T) + day_of(x, s)
    return s


@numba.njit(fastmath=True)
def control_fast(a, b, c):
    """What a kernel must not be: fast-math, which contracts."""
    return a * b + c


@numba.njit
def control_library(a):
    """What a kernel must not do: call the C library."""
    return math.exp(a) + a**0.3


def for_arm(ir):
    """The same intermediate code, emitted as assembly of arm64."""
    ir = re.sub(r'target triple = ".*"', f'target triple = "{ARM}"', ir)
    ir = re.sub(r'target datalayout = ".*"', "", ir)
    # Reference counts of array arguments are an x86 instruction; their name is all that matters here.
    ir = ir.replace("llvm.x86.atomic.sub.cc.i64", "reference_count").replace("i32 immarg", "i32")
    target = llvm.Target.from_triple(ARM).create_target_machine(opt=3)
    return target.emit_assembly(llvm.parse_assembly(ir))


def look(function, *arguments):
    """What one driver's code is made of."""
    function(*arguments)
    signature = function.signatures[0]
    ir = function.inspect_llvm(signature)
    defined = set(re.findall(r"^define [^@]*@\"?([^\s(\"]+)", ir, re.M))
    declared = set(re.findall(r"^declare [^@]*@\"?([^\s(\"]+)", ir, re.M))
    arm = for_arm(ir)
    return {
        "kernels": sum("allohistory" in name for name in defined),
        "external": sorted(declared),
        "fast_flags": FAST_FLAGS.findall(ir)[:5],
        "fused": sorted(set(FUSED.findall(function.inspect_asm(signature)) + FUSED.findall(ir))),
        "fused_on_arm": sorted(set(FUSED.findall(arm))),
        "multiplications_on_arm": len(re.findall(r"\bfmul\b", arm)),
    }


def main():
    """Look at the kernels and at both controls."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    utilities = np.array([0.1, 0.2, 0.3, 0.4])
    report = {
        "kernels": look(every_kernel, utilities, utilities, 0.3),
        "control_fast": look(control_fast, 1.0, 2.0, 3.0),
        "control_library": look(control_library, 0.5),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
