/* The languages that programs are written in: a row each. To add one, add its row; what a row can
 * say is in language_internal.h. Names of functions and of libraries are left out: they would make
 * the table a dictionary. */
#include "markup/language_parts_internal.h"

/* ---- words that relatives share */

#define C_KEYWORDS                                                                                 \
    "auto break case const continue default do else enum extern for goto if inline register "      \
    "restrict return sizeof static struct switch typedef union volatile while _Alignas _Alignof "  \
    "_Atomic _Generic _Noreturn _Static_assert _Thread_local NULL true false nullptr constexpr "   \
    "static_assert thread_local alignas alignof typeof"
#define C_TYPES                                                                                    \
    "void char short int long float double signed unsigned bool _Bool _Complex size_t ssize_t "    \
    "ptrdiff_t intptr_t uintptr_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t "       \
    "uint64_t wchar_t char8_t char16_t char32_t FILE time_t off_t pid_t va_list"
#define JS_KEYWORDS                                                                                \
    "async await break case catch class const continue debugger default delete do else export "    \
    "extends finally for from function get if import in instanceof let new of return set static "  \
    "super switch this throw try typeof var void while with yield true false null undefined NaN "  \
    "Infinity"
#define TS_KEYWORDS                                                                                \
    JS_KEYWORDS " abstract as asserts declare enum implements infer interface is keyof module "    \
                "namespace override private protected public readonly satisfies type unique"
#define LISP_KEYWORDS                                                                              \
    "define lambda let let* letrec let-values if cond case else and or not begin do set! quote "   \
    "quasiquote unquote define-syntax syntax-rules define-record-type delay delay-force when "     \
    "unless defun defmacro defvar defparameter defconstant setf setq progn loop flet labels let1 " \
    "dolist dotimes return return-from block t nil error require provide module import export "    \
    "named-lambda cons-stream defn defn- def fn ns recur true false if-let when-let for doseq "    \
    "letfn try catch finally throw new eq equal null call/cc call-with-current-continuation"
#define VB_KEYWORDS                                                                                \
    "addressof and andalso as byref byval call case catch class const continue declare default "   \
    "dim do each else elseif end enum erase error event exit explicit false finally for friend "   \
    "from function get global goto handles if implements imports in inherits interface is isnot "  \
    "let like loop me mod module mustinherit mustoverride mybase myclass namespace new next not "  \
    "nothing null on option optional or orelse overridable overrides paramarray preserve private " \
    "property protected public raiseevent readonly redim resume return select set shared step "    \
    "stop structure sub then throw to true try typeof until using wend when while with "           \
    "withevents xor async await empty"
#define VERILOG_KEYWORDS                                                                           \
    "module endmodule input output inout assign always always_comb always_ff always_latch begin "  \
    "end if else case casez casex endcase default for while repeat forever initial posedge "       \
    "negedge parameter localparam generate endgenerate function endfunction task endtask typedef " \
    "enum struct packed union interface endinterface class endclass package endpackage import "    \
    "export return property endproperty assert assume cover sequence endsequence constraint rand " \
    "new virtual extends modport clocking endclocking program endprogram fork join join_any "      \
    "join_none wait disable iff inside unique priority genvar covergroup endgroup coverpoint "     \
    "bins this super static automatic ref const"

const struct lw_language lw_program_languages[] = {
    {.name = "Python",
        .aliases =
            "python py python3 py3 python2 pycon ipython ipython3 sage pyi starlark bazel jupyter",
        .line = {"#"},
        .string = {PYTHON_STRINGS},
        .keywords =
            "and as assert async await break case class continue def del elif else except finally "
            "for from global if import in is lambda match nonlocal not or pass raise return try "
            "while with yield True False None self cls",
        .types =
            "int float str bool bytes bytearray list dict set tuple frozenset complex object type",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES},
    {.name = "JavaScript",
        .aliases = "javascript js jsx node nodejs mjs cjs ecmascript es6 react json5 gs",
        SLASHES,
        .string = {DOUBLE, SINGLE, TEMPLATE},
        .keywords = JS_KEYWORDS,
        .letters = "$#",
        .flags = LW_LANG_REGEX | LW_LANG_JSX | LW_LANG_CAPITAL_TYPES | LW_LANG_AT_NAMES},
    {.name = "TypeScript",
        .aliases = "typescript ts tsx mts cts",
        SLASHES,
        .string = {DOUBLE, SINGLE, TEMPLATE},
        .keywords = TS_KEYWORDS,
        .types = "string number boolean any unknown never object symbol bigint void",
        .letters = "$#",
        .flags = LW_LANG_REGEX | LW_LANG_JSX | LW_LANG_CAPITAL_TYPES | LW_LANG_AT_NAMES},
    {.name = "C",
        .aliases = "c h",
        SLASHES,
        .string = {C_STRINGS},
        .keywords = C_KEYWORDS,
        .types = C_TYPES,
        .flags = LW_LANG_PREPROCESSOR | LW_LANG_DIGIT_QUOTES},
    {.name = "C++",
        .aliases = "cpp c++ cxx cc hpp hxx hh cuda cu arduino ino metal msl",
        SLASHES,
        .string = {C_STRINGS},
        .keywords = C_KEYWORDS
        " and catch class co_await co_return co_yield concept consteval constinit "
        "const_cast decltype delete dynamic_cast explicit export final friend module import "
        "mutable namespace new noexcept not operator or override private protected public "
        "reinterpret_cast requires static_cast template this throw try typeid typename "
        "using virtual device kernel constant vertex fragment thread threadgroup",
        .types = C_TYPES
        " string vector map set list deque pair tuple array optional variant function "
        "unique_ptr shared_ptr weak_ptr unordered_map unordered_set string_view float2 float3 "
        "float4 float4x4 half uint",
        .flags = LW_LANG_PREPROCESSOR | LW_LANG_CAPITAL_TYPES | LW_LANG_DIGIT_QUOTES},
    {.name = "Objective-C",
        .aliases = "objective-c objectivec objc obj-c mm",
        SLASHES,
        .string = {C_STRINGS},
        .keywords =
            C_KEYWORDS " self super nil YES NO id in nonatomic strong weak copy assign readonly",
        .types = C_TYPES " BOOL NSInteger NSUInteger CGFloat instancetype",
        .flags = LW_LANG_PREPROCESSOR | LW_LANG_CAPITAL_TYPES | LW_LANG_AT_KEYWORDS},
    {.name = "C#",
        .aliases = "csharp c# cs dotnet csx",
        SLASHES,
        .string =
            {{.open = "$@\"", .close = "\"", .inner = "{", .flags = LW_STR_LINES | LW_STR_DOUBLED},
                {.open = "@\"", .close = "\"", .flags = LW_STR_LINES | LW_STR_DOUBLED}, TRIPLE,
                {.open = "$\"", .close = "\"", .inner = "{", .escape = '\\'}, DOUBLE, CHARACTER},
        .keywords =
            "abstract as async await base break case catch checked class const continue default "
            "delegate do else enum event explicit extern finally fixed for foreach from get global "
            "goto group if implicit in init interface internal into is join let lock nameof "
            "namespace new null operator orderby out override params partial private protected "
            "public readonly record ref required return sealed select set sizeof stackalloc static "
            "struct switch this throw try typeof unchecked unsafe using virtual volatile when "
            "where while with yield true false value",
        .types =
            "bool byte char decimal double dynamic float int long nint object sbyte short string "
            "uint ulong ushort var void",
        .flags = LW_LANG_PREPROCESSOR | LW_LANG_CAPITAL_TYPES},
    {.name = "Java",
        .aliases = "java jsp",
        SLASHES,
        .string = {TRIPLE, DOUBLE, CHARACTER},
        .keywords =
            "abstract assert break case catch class const continue default do else enum extends "
            "final finally for goto if implements import instanceof interface native new non- "
            "sealed package permits private protected public record return sealed static strictfp "
            "super switch synchronized this throw throws transient try var volatile while yield "
            "true false null",
        .types = "boolean byte char double float int long short void",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES},
    {.name = "Kotlin",
        .aliases = "kotlin kt kts",
        SLASHES,
        .string = {{.open = "\"\"\"", .inner = "${", .flags = LW_STR_LINES | LW_STR_VARS},
            {.open = "\"", .inner = "${", .escape = '\\', .flags = LW_STR_VARS}, CHARACTER},
        .keywords =
            "abstract actual annotation as break by catch class companion const constructor "
            "continue crossinline data do else enum expect external final finally for fun get if "
            "import in infix init inline inner interface internal is it lateinit noinline null "
            "object open operator out override package private protected public reified return "
            "sealed set super suspend tailrec this throw try typealias val value var vararg when "
            "where while true false",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED},
    {.name = "Swift",
        .aliases = "swift",
        SLASHES,
        .string = {{.open = "\"\"\"", .inner = "\\(", .escape = '\\', .flags = LW_STR_LINES},
            {.open = "\"", .inner = "\\(", .escape = '\\'}},
        .keywords =
            "actor any as associatedtype async await break case catch class continue convenience "
            "default defer deinit do dynamic else enum extension fallthrough fileprivate final for "
            "func get guard if import in indirect init inout internal is isolated lazy let "
            "mutating nil nonisolated nonmutating open operator optional override precedencegroup "
            "private protocol public repeat required rethrows return self set some static struct "
            "subscript super switch throw throws try typealias unowned var weak where while "
            "willSet didSet true false Self",
        .types = "Void",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED | LW_LANG_PREPROCESSOR},
    {.name = "Go",
        .aliases = "go golang",
        SLASHES,
        .string = {DOUBLE, BACKTICK, CHARACTER},
        .keywords =
            "break case chan const continue default defer else fallthrough for func go goto if "
            "import interface map package range return select struct switch type var true false "
            "nil iota",
        .types =
            "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 "
            "int32 int64 rune string uint uint8 uint16 uint32 uint64 uintptr"},
    {.name = "Rust",
        .aliases = "rust rs rlib",
        SLASHES,
        .string = {{.open = "r",
                       .close = "\"",
                       .fence = "#",
                       .fence_end = "\"",
                       .close_end = "",
                       .flags = LW_STR_LINES},
            {.open = "br",
                .close = "\"",
                .fence = "#",
                .fence_end = "\"",
                .close_end = "",
                .flags = LW_STR_LINES},
            {.open = "\"", .prefix = "bc", .escape = '\\', .flags = LW_STR_LINES},
            {.open = "'", .prefix = "b", .escape = '\\', .flags = LW_STR_CHAR}},
        .keywords =
            "as async await break const continue crate dyn else enum extern fn for if impl in let "
            "loop match mod move mut pub ref return self Self static struct super trait type union "
            "unsafe use where while yield true false macro_rules",
        .types = "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        .flags = LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED | LW_LANG_BANG},
    {.name = "PHP",
        .aliases = "php php3 php4 php5 php7 php8 phtml laravel",
        .line = {"//", "#"},
        .block = {{"/*", "*/"}},
        .string =
            {{.open = "\"", .inner = "{$", .escape = '\\', .flags = LW_STR_LINES | LW_STR_VARS},
                {.open = "'", .escape = '\\', .flags = LW_STR_LINES},
                {.open = "`", .escape = '\\'}},
        .keywords =
            "abstract and array as break callable case catch class clone const continue declare "
            "default do echo else elseif empty enddeclare endfor endforeach endif endswitch "
            "endwhile enum eval exit extends final finally fn for foreach function global goto if "
            "implements include include_once instanceof insteadof interface isset list match "
            "namespace new or print private protected public readonly require require_once return "
            "self parent static switch throw trait try unset use var while xor yield die true "
            "false null",
        .types = "bool boolean float int integer iterable mixed never object string void",
        .flags = LW_LANG_NOCASE | LW_LANG_DOLLAR | LW_LANG_HEREDOCS | LW_LANG_CAPITAL_TYPES |
                 LW_LANG_ATTRIBUTES,
        .kind = LW_SCAN_PHP},
    {.name = "Ruby",
        .aliases = "ruby rb rake gemfile rails erb irb podfile vagrantfile jruby",
        .line = {"#"},
        .block = {{"=begin", "\n=end"}},
        .string = {{.open = "\"", .inner = "#{", .escape = '\\', .flags = LW_STR_SOFT},
            {.open = "'", .escape = '\\', .flags = LW_STR_SOFT},
            {.open = "`", .inner = "#{", .escape = '\\'},
            {.open = "%w[", .close = "]", .flags = LW_STR_LINES},
            {.open = "%i[", .close = "]", .flags = LW_STR_LINES},
            {.open = "%w(", .close = ")", .flags = LW_STR_LINES},
            {.open = "%q(", .close = ")", .flags = LW_STR_LINES}},
        .keywords =
            "alias and begin BEGIN break case class def defined? do else elsif end END ensure "
            "extend false for if in include module next nil not or private protected public raise "
            "redo require require_relative rescue retry return self super then true undef unless "
            "until when while yield attr_accessor attr_reader attr_writer lambda proc",
        .letters = "?",
        .flags = LW_LANG_REGEX | LW_LANG_HEREDOCS | LW_LANG_CAPITAL_TYPES | LW_LANG_BLOCK_AT_START |
                 LW_LANG_AT_NAMES | LW_LANG_DOLLAR},
    {.name = "Perl",
        .aliases = "perl pl pm perl5 raku",
        .line = {"#"},
        .block = {{"=pod", "\n=cut"}, {"=head", "\n=cut"}},
        .string = {{.open = "\"", .escape = '\\', .flags = LW_STR_SOFT | LW_STR_VARS},
            {.open = "'", .escape = '\\', .flags = LW_STR_SOFT}, {.open = "`", .escape = '\\'}},
        .keywords =
            "and cmp continue do else elsif eq foreach for ge given gt if last le local lt my ne "
            "next no not or our package print printf redo return require say state sub unless "
            "until use when while x xor die warn defined undef ref bless shift push pop keys "
            "values each exists delete split join map grep sort open close chomp",
        .flags = LW_LANG_REGEX | LW_LANG_HEREDOCS | LW_LANG_DOLLAR | LW_LANG_BLOCK_AT_START |
                 LW_LANG_PERL_QUOTES},
    {.name = "R",
        .aliases = "r rscript splus rmd",
        .line = {"#"},
        .string = {{.open = "r\"",
                       .close = ")",
                       .fence = "-",
                       .fence_end = "(",
                       .close_end = "\"",
                       .flags = LW_STR_LINES},
            {.open = "\"", .escape = '\\', .flags = LW_STR_SOFT},
            {.open = "'", .escape = '\\', .flags = LW_STR_SOFT},
            {.open = "`", .style = LW_STYLE_NAME}},
        .keywords =
            "break else for function if in next repeat return while TRUE FALSE NULL NA NA_integer_ "
            "NA_real_ NA_character_ Inf NaN T F library require",
        .letters = "."},
    {.name = "Lua",
        .aliases = "lua luau",
        .line = {"--"},
        .block = {{"--[[", "]]"}, {"--[=[", "]=]"}},
        .string = {{.open = "[",
                       .close = "]",
                       .fence = "=",
                       .fence_end = "[",
                       .close_end = "]",
                       .flags = LW_STR_LINES},
            DOUBLE, SINGLE},
        .keywords =
            "and break do else elseif end false for function goto if in local nil not or repeat "
            "return then true until while self"},
    {.name = "Scala",
        .aliases = "scala sbt sc",
        SLASHES,
        .string = {{.open = "\"\"\"", .prefix = "sfraw", .inner = "${", .flags = LW_STR_LINES},
            {.open = "\"", .prefix = "sfraw", .inner = "${", .escape = '\\'}, CHARACTER},
        .keywords =
            "abstract case catch class def derives do else enum export extends extension final "
            "finally for forSome given if implicit import inline lazy match new null object opaque "
            "open override package private protected return sealed super then this throw trait "
            "transparent try type using val var while with yield true false",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED},
    {.name = "Haskell",
        .aliases = "haskell hs lhs purescript elm",
        .line = {"--"},
        .block = {{"{-", "-}"}},
        .string = {DOUBLE, CHARACTER},
        .keywords =
            "case class data default deriving do else family forall foreign hiding if import in "
            "infix infixl infixr instance let mdo module newtype of qualified then type where as",
        .letters = "'",
        .flags = LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED},
    {.name = "OCaml",
        .aliases = "ocaml ml mli reason reasonml",
        .block = {{"(*", "*)"}},
        .string = {DOUBLE, CHARACTER, {.open = "{|", .close = "|}", .flags = LW_STR_LINES}},
        .keywords =
            "and as assert begin class constraint do done downto else end exception external false "
            "for fun function functor if in include inherit initializer lazy let match method "
            "module mutable new nonrec object of open or private rec sig struct then to true try "
            "type val virtual when while with",
        .types = "int float string bool char unit list array option",
        .letters = "'",
        .flags = LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED},
    {.name = "F#",
        .aliases = "fsharp f# fs fsx",
        .line = {"//"},
        .block = {{"(*", "*)"}},
        .string = {TRIPLE, DOUBLE, CHARACTER},
        .keywords =
            "abstract and as assert async base begin class default delegate do done downcast "
            "downto elif else end exception extern false finally fixed for fun function global if "
            "in inherit inline interface internal lazy let match member module mutable namespace "
            "new not null of open or override private public rec return select static struct then "
            "to true try type upcast use val void when while with yield",
        .types = "int float string bool char unit list array option seq",
        .letters = "'",
        .flags = LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED | LW_LANG_PREPROCESSOR},
    {.name = "MATLAB",
        .aliases = "matlab octave m mat",
        .line = {"%", "#"},
        .block = {{"%{", "%}"}},
        .string = {DOUBLED("\""), DOUBLED("'")},
        .keywords =
            "break case catch classdef continue do else elseif end endfor endfunction endif "
            "endwhile end_try_catch enumeration events for function global if methods otherwise "
            "parfor persistent properties return spmd switch try until while true false inf nan pi",
        .types =
            "double single int8 int16 int32 int64 uint8 uint16 uint32 uint64 logical char cell "
            "struct",
        .flags = LW_LANG_TRANSPOSE},
    {.name = "Assembly",
        .aliases =
            "assembly asm nasm masm gas x86 x86asm x86-asm x86_64 armasm arm arm64 aarch64 mips "
            "mipsasm riscv riscv64 6502 z80 s avr",
        .line = {";", "//", "#"},
        .block = {{"/*", "*/"}},
        .string = {DOUBLE, CHARACTER},
        .keywords = "byte word dword qword ptr db dw dd dq resb resw resd resq equ times",
        .types =
            "rax rbx rcx rdx rsi rdi rbp rsp rip r8 r9 r10 r11 r12 r13 r14 r15 eax ebx ecx edx esi "
            "edi ebp esp ax bx cx dx si di bp sp al ah bl bh cl ch dl dh cs ds es fs gs ss x0 x1 "
            "x2 x3 x4 x5 x6 x7 x8 w0 w1 w2 w3 lr pc zero ra fp a0 a1 a2 a3 a4 a5 a6 a7 t0 t1 t2 t3 "
            "t4 t5 t6 s0 s1 s2 s3 v0 v1 xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7",
        .letters = ".$%",
        .flags = LW_LANG_NOCASE | LW_LANG_INSTRUCTIONS | LW_LANG_HASH_AFTER_BLANK},
    {.name = "Scheme",
        .aliases =
            "scheme lisp common-lisp commonlisp cl elisp emacs-lisp emacs clojure clj cljs cljc "
            "edn racket rkt scm guile fennel hy el",
        .line = {";"},
        .block = {{"#|", "|#"}},
        .string = {{.open = "\"", .escape = '\\', .flags = LW_STR_LINES}},
        .keywords = LISP_KEYWORDS,
        .letters = "-+*/<>=!?:%&~^.",
        .flags = LW_LANG_LISP | LW_LANG_NESTED},
    {.name = "Dart",
        .aliases = "dart flutter",
        SLASHES,
        .string = {{.open = "'''",
                       .prefix = "r",
                       .inner = "${",
                       .escape = '\\',
                       .flags = LW_STR_LINES | LW_STR_VARS},
            TRIPLE,
            {.open = "'", .prefix = "r", .inner = "${", .escape = '\\', .flags = LW_STR_VARS},
            {.open = "\"", .prefix = "r", .inner = "${", .escape = '\\', .flags = LW_STR_VARS}},
        .keywords =
            "abstract as assert async await base break case catch class const continue covariant "
            "default deferred do dynamic else enum export extends extension external factory final "
            "finally for Function get hide if implements import in interface is late library mixin "
            "new null on operator part required rethrow return sealed set show static super switch "
            "sync this throw try typedef var void when while with yield true false",
        .types = "int double num bool",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES},
    {.name = "GDScript",
        .aliases = "gdscript gd godot",
        .line = {"#"},
        .string = {PYTHON_STRINGS},
        .keywords =
            "and as assert await break breakpoint class class_name const continue elif else enum "
            "export extends for func if in is match not null or onready pass preload return self "
            "setget signal static super tool var void while yield true false",
        .types = "int float bool",
        .flags = LW_LANG_AT_NAMES | LW_LANG_DOLLAR | LW_LANG_CAPITAL_TYPES},
    {.name = "Visual Basic",
        .aliases = "vb vbnet vb.net vba vbs vbscript visualbasic basic qbasic visual-basic asp",
        .line = {"'", "REM ", "Rem "},
        .string = {DOUBLED("\"")},
        .keywords = VB_KEYWORDS,
        .types =
            "boolean byte char date decimal double integer long object short single string variant",
        .flags = LW_LANG_NOCASE | LW_LANG_PREPROCESSOR},
    {.name = "GLSL",
        .aliases = "glsl hlsl shader shaderlab wgsl cg vert frag opencl cl-c",
        SLASHES,
        .string = {DOUBLE},
        .keywords =
            "attribute break buffer case cbuffer const continue default discard do else flat for "
            "fn highp if in inout layout let lowp mediump out precision return register sampler "
            "shared smooth struct switch uniform var varying void while true false",
        .types =
            "bool int uint float double half vec2 vec3 vec4 ivec2 ivec3 ivec4 uvec2 uvec3 uvec4 "
            "bvec2 bvec3 bvec4 mat2 mat3 mat4 sampler2D sampler3D samplerCube float2 float3 float4 "
            "float3x3 float4x4 f32 i32 u32",
        .flags = LW_LANG_PREPROCESSOR | LW_LANG_AT_NAMES},
    {.name = "Solidity",
        .aliases = "solidity sol vyper",
        SLASHES,
        .string = {DOUBLE, SINGLE},
        .keywords =
            "abstract anonymous as assembly break calldata case catch constant constructor "
            "continue contract default delete do else emit enum error event external fallback "
            "final for from function if immutable import in indexed interface internal is leave "
            "let library mapping memory modifier new override payable pragma private public pure "
            "receive return returns revert storage struct switch this throw try type unchecked "
            "using view virtual while true false wei gwei ether seconds minutes hours days weeks",
        .types = "address bool string bytes byte bytes4 bytes32 int int8 int128 int256 uint uint8 "
                 "uint16 uint32 uint64 uint128 uint256 var",
        .flags = LW_LANG_CAPITAL_TYPES},
    {.name = "Verilog",
        .aliases = "verilog systemverilog sv v vh vlog",
        SLASHES,
        .string = {DOUBLE},
        .keywords = VERILOG_KEYWORDS,
        .types =
            "wire reg logic bit byte int integer longint shortint real time string void signed "
            "unsigned tri event",
        .letters = "`",
        .flags = LW_LANG_PREPROCESSOR | LW_LANG_DOLLAR},
    {.name = "VHDL",
        .aliases = "vhdl vhd",
        .line = {"--"},
        .string = {DOUBLE, CHARACTER},
        .keywords =
            "abs all and architecture array assert begin block body case component constant downto "
            "else elsif end entity exit file for function generate generic if impure in inout is "
            "library loop map mod nand next nor not null of on open or others out package port "
            "process range record rem report return select severity signal sll srl subtype then to "
            "type until use variable wait when while with xnor xor",
        .types = "bit bit_vector boolean integer natural positive real signed std_logic "
                 "std_logic_vector string time unsigned",
        .flags = LW_LANG_NOCASE},
    {.name = "Groovy",
        .aliases = "groovy gradle jenkinsfile jenkins gvy",
        SLASHES,
        .string =
            {{.open = "\"\"\"", .inner = "${", .escape = '\\', .flags = LW_STR_LINES | LW_STR_VARS},
                {.open = "'''", .escape = '\\', .flags = LW_STR_LINES},
                {.open = "\"", .inner = "${", .escape = '\\', .flags = LW_STR_VARS}, SINGLE},
        .keywords =
            "abstract as assert break case catch class const continue def default do else enum "
            "extends final finally for goto if implements import in instanceof interface new null "
            "package private protected public return static super switch this throw throws trait "
            "try var while true false",
        .types = "boolean byte char double float int long short void",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES | LW_LANG_REGEX},
    {.name = "Julia",
        .aliases = "julia jl",
        .line = {"#"},
        .block = {{"#=", "=#"}},
        .string =
            {{.open = "\"\"\"", .inner = "$(", .escape = '\\', .flags = LW_STR_LINES | LW_STR_VARS},
                {.open = "\"",
                    .prefix = "rbvs",
                    .inner = "$(",
                    .escape = '\\',
                    .flags = LW_STR_SOFT | LW_STR_VARS},
                CHARACTER},
        .keywords =
            "abstract baremodule begin break catch const continue do else elseif end export "
            "finally for function global if import in isa let local macro module mutable new "
            "nothing missing primitive quote return struct try type using where while true false",
        .letters = "!",
        .flags = LW_LANG_CAPITAL_TYPES | LW_LANG_NESTED | LW_LANG_AT_NAMES | LW_LANG_TRANSPOSE},
    {.name = "Elixir",
        .aliases = "elixir ex exs eex heex iex",
        .line = {"#"},
        .string = {{.open = "\"\"\"", .inner = "#{", .escape = '\\', .flags = LW_STR_LINES},
            {.open = "\"", .inner = "#{", .escape = '\\', .flags = LW_STR_SOFT}, SINGLE},
        .keywords =
            "after alias and case catch cond def defdelegate defexception defguard defimpl "
            "defmacro defmacrop defmodule defp defprotocol defstruct do else end fn for if import "
            "in nil not or quote raise receive require rescue try unless unquote use when with "
            "true false",
        .letters = "?!",
        .flags = LW_LANG_CAPITAL_TYPES | LW_LANG_AT_NAMES},
    {.name = "Erlang",
        .aliases = "erlang erl hrl",
        .line = {"%"},
        .string = {{.open = "\"", .escape = '\\', .flags = LW_STR_LINES}, SINGLE},
        .keywords =
            "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end "
            "fun if let maybe not of or orelse receive rem try when xor true false"},
    {.name = "Zig",
        .aliases = "zig",
        SLASHES,
        .string = {DOUBLE, CHARACTER},
        .keywords =
            "align allowzero and anyframe anytype asm async await break catch comptime const "
            "continue defer else enum errdefer error export extern fn for if inline noalias "
            "nosuspend null or orelse packed pub resume return struct suspend switch test "
            "threadlocal try undefined union unreachable usingnamespace var volatile while true "
            "false",
        .types = "bool f16 f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize void type anyerror "
                 "noreturn comptime_int",
        .flags = LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES},
    {.name = "Fortran",
        .aliases = "fortran f90 f95 f77 f03 f08 for",
        .line = {"!"},
        .string = {DOUBLED("\""), DOUBLED("'")},
        .keywords =
            "allocatable allocate associate block call case class close common contains continue "
            "cycle data deallocate deferred do elemental else elseif end enddo endif entry exit "
            "extends format forall function goto if implicit in include inout intent interface "
            "intrinsic kind module none nullify only open optional out parameter pointer print "
            "private procedure program public pure read recursive result return save select stop "
            "subroutine target then use where while write .true. .false.",
        .types = "character complex double integer logical precision real type",
        .flags = LW_LANG_NOCASE},
    {.name = "Pascal",
        .aliases = "pascal delphi objectpascal pas freepascal lazarus",
        .line = {"//"},
        .block = {{"(*", "*)"}, {"{", "}"}},
        .string = {DOUBLED("'")},
        .keywords =
            "and array as begin case class const constructor destructor div do downto else end "
            "except exit file finalization finally for function goto if implementation in "
            "inherited initialization interface is label mod nil not object of on or out override "
            "packed private procedure program property protected public published raise record "
            "repeat set shl shr then to try type unit until uses var virtual while with xor true "
            "false",
        .types =
            "boolean byte cardinal char double extended integer int64 longint real shortint single "
            "string tobject word",
        .flags = LW_LANG_NOCASE},
    {.name = "Ada",
        .aliases = "ada adb ads",
        .line = {"--"},
        .string = {DOUBLED("\""), CHARACTER},
        .keywords =
            "abort abs abstract accept access all and array at begin body case constant declare "
            "delay delta digits do else elsif end entry exception exit for function generic goto "
            "if in interface is limited loop mod new not null of or others out overriding package "
            "pragma private procedure protected raise range record rem renames requeue return "
            "reverse select separate some subtype synchronized tagged task terminate then type "
            "until use when while with xor",
        .types = "boolean character float integer natural positive string",
        .flags = LW_LANG_NOCASE},
    {.name = "COBOL",
        .aliases = "cobol cob cbl",
        .line = {"*>"},
        .string = {DOUBLED("\""), DOUBLED("'")},
        .keywords =
            "accept add by call close compute copy data delete display divide division else end "
            "end- if end-perform end-read environment evaluate exit file fd from giving go goback "
            "identification if input into invoke is move multiply not occurs of open or output "
            "perform pic picture procedure program program-id read redefines run section select "
            "set stop string subtract then thru times to until value values varying when with "
            "working- storage write",
        .letters = "-",
        .flags = LW_LANG_NOCASE},
    {.name = "Prolog",
        .aliases = "prolog swipl problog",
        .line = {"%"},
        .block = {{"/*", "*/"}},
        .string = {DOUBLE, SINGLE},
        .keywords =
            "is mod rem not dynamic module use_module discontiguous initialization fail true "
            "false"},
    {.name = "SAS",
        .aliases = "sas",
        .block = {{"/*", "*/"}},
        .string = {DOUBLED("\""), DOUBLED("'")},
        .keywords =
            "array by class data datalines delete do drop else end export format from group if "
            "import in infile input into keep label length libname merge model noprint nway order "
            "out output options proc put quit rename replace retain run select set sort sql "
            "summary table tables then title to until update values var ways where while with "
            "%macro %mend %let %put %do %end %if %then %else",
        .letters = "%",
        .flags = LW_LANG_NOCASE},
    {.name = "Stata",
        .aliases = "stata do ado",
        .line = {"//", "*"},
        .block = {{"/*", "*/"}},
        .string = {DOUBLE},
        .keywords =
            "by bysort capture clear collapse display drop egen else encode foreach forvalues "
            "gen generate global if in keep label list local logit merge quietly reg regress "
            "rename replace reshape save scalar sort sum summarize tabulate twoway use using "
            "xtreg xtset"},
    {.name = "AWK",
        .aliases = "awk gawk mawk sed",
        .line = {"#"},
        .string = {DOUBLE},
        .keywords =
            "BEGIN END break continue delete do else exit for function getline if in next nextfile "
            "print printf return while",
        .flags = LW_LANG_REGEX | LW_LANG_DOLLAR},
};

const size_t lw_nprogram_languages = sizeof lw_program_languages / sizeof *lw_program_languages;
