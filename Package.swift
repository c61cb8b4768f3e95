// swift-tools-version: 6.2

import PackageDescription

// The rooms of the house, from the bottom up. A room imports only rooms below it and never one of its own row;
// docs/architecture.md says in a line each what lives where.

let swiftSettings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

// flite (Debian: flite1-dev) has no pkg-config file, and its libraries want this order: voices, language, lexicon, core.
let fliteVoices = ["rms", "slt", "awb", "kal16"]

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

// Programs that measure, built only when asked for.
let package = Package(
    name: "aloud",
    products: [
        .executable(name: "aloud", targets: ["aloud"]),
        // An ALSA device made of files, with faults on demand: what the audio tests play into and record from.
        .library(name: "asound_module_pcm_vdev", type: .dynamic, targets: ["VirtualDevice"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // Module maps and small shims over C.
        .target(name: "CLinux"),
        .target(name: "CVectors"),
        .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
        .target(name: "CALSALog", dependencies: ["CALSA"]),
        .systemLibrary(name: "COpusEncoder", pkgConfig: "libopusenc", providers: [.apt(["libopusenc-dev"])]),
        .systemLibrary(name: "COpusFile", pkgConfig: "opusfile", providers: [.apt(["libopusfile-dev"])]),
        .target(name: "COpus", dependencies: ["COpusEncoder", "COpusFile"]),
        .systemLibrary(name: "CPocketSphinx", pkgConfig: "pocketsphinx", providers: [.apt(["libpocketsphinx-dev"])]),
        .target(
            name: "CSpeech", dependencies: ["CPocketSphinx"],
            linkerSettings: fliteVoices.map { .linkedLibrary("flite_cmu_us_\($0)") } + [
                .linkedLibrary("flite_usenglish"), .linkedLibrary("flite_cmulex"), .linkedLibrary("flite"),
                .linkedLibrary("m"),
            ]),
        // Debian: libwebrtc-audio-processing-dev. Its pkg-config file has flags that the package manager refuses.
        .target(
            name: "CWebRTCAudio",
            cxxSettings: [
                .define("WEBRTC_POSIX"), .define("WEBRTC_AUDIO_PROCESSING_ONLY_BUILD"),
                .unsafeFlags(["-I/usr/include/webrtc_audio_processing"]),
            ],
            linkerSettings: [.linkedLibrary("webrtc_audio_processing")]),
        .systemLibrary(name: "CSpeexDSP", pkgConfig: "speexdsp", providers: [.apt(["libspeexdsp-dev"])]),
        .systemLibrary(name: "CLibCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CCurl", dependencies: ["CLibCurl"]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        // Debian: libcmark-gfm-dev, libcmark-gfm-extensions-dev; the second has no pkg-config file.
        .target(
            name: "CMarkdown",
            linkerSettings: [.linkedLibrary("cmark-gfm-extensions"), .linkedLibrary("cmark-gfm")]),

        room("Support", ["CLinux", "CCurl", logging]),
        room("Planning", ["CMarkdown", yams]),
        room("Interchange", ["Planning", "Support", yams]),
        room("Storage", ["Planning", "Support", grdb]),
        room(
            "Audio",
            [
                "Planning", "Support", "CALSA", "CALSALog", "COpus", "COpusEncoder", "COpusFile", "CSpeexDSP", "CLinux",
                logging,
            ]),
        room("Endpoints", ["Planning", "Support", nioCore, nioPosix, logging]),
        room("LanguageModel", ["Planning", "Support", "Endpoints"]),
        room("Speech", ["Planning", "Support", "Audio", "Endpoints", "CSpeech", "CWebRTCAudio", "CLinux", logging]),
        room("Memory", ["Planning", "Support", "Endpoints", "Storage", "CVectors"]),
        room("Assistant", ["Planning", "Support", "Interchange", "Storage", "LanguageModel", "Memory", logging]),
        room(
            "Server",
            [
                "Planning", "Support", "Assistant", "Audio", "Endpoints", "Speech", "CLinux", nioCore, nioPosix,
                lifecycle,
                logging,
            ]),
        .executableTarget(
            name: "aloud",
            dependencies: [
                "Planning", "Support", "Interchange", "Storage", "Audio", "Endpoints", "LanguageModel", "Memory",
                "Speech",
                "Assistant", "Server", "CEditLine", "CLinux", arguments, logging, lifecycle, signals, yams,
            ],
            swiftSettings: swiftSettings),

        // Tests, and what only they need.
        .target(
            name: "VirtualDevice", dependencies: ["CALSA"], path: "Tests/VirtualDevice",
            cSettings: [.define("PIC")], linkerSettings: [.linkedLibrary("m")]),
        .target(name: "VirtualSound", path: "Tests/VirtualSound", swiftSettings: swiftSettings),
        // Tests that draw lots draw the same ones in every run.
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: swiftSettings),
        // An HTTP server that plays scripts: the stand-in for remote engines.
        .target(
            name: "ScriptedServer", dependencies: [nioCore, nioPosix], path: "Tests/ScriptedServer",
            swiftSettings: swiftSettings),
        tests("SupportTests", ["Support", "ScriptedServer"]),
        tests("EndpointsTests", ["Endpoints", "SeededRandom", "Support", "ScriptedServer"]),
        tests("LanguageModelTests", ["LanguageModel", "Endpoints", "Support", "ScriptedServer"]),
        tests("PlanningTests", ["Planning", "SeededRandom"]),
        tests("InterchangeTests", ["Interchange", "Planning", "Support", "AloudProcess", "SeededRandom"]),
        tests("StorageTests", ["Storage", "Planning", "SeededRandom", grdb]),
        tests(
            "MemoryTests", ["Memory", "Endpoints", "Storage", "Planning", "SeededRandom", "Support", "ScriptedServer"]),
        tests("AudioTests", ["Audio", "VirtualSound", "CLinux"]),
        .target(
            name: "SpeechFixtures",
            dependencies: ["Speech", "Audio", "Planning", "SeededRandom", "Storage", "Support"],
            path: "Tests/SpeechFixtures", swiftSettings: swiftSettings),
        // The binary as a process, with a home of its own.
        .target(
            name: "AloudProcess", dependencies: ["Support"], path: "Tests/AloudProcess", swiftSettings: swiftSettings),
        tests(
            "SpeechTests",
            [
                "Speech", "SpeechFixtures", "Audio", "Planning", "Assistant", "AloudProcess", "Endpoints",
                "SeededRandom",
                "Support", "ScriptedServer",
            ]),
        tests(
            "AssistantTests",
            ["Assistant", "Storage", "Planning", "Support", "LanguageModel", "Endpoints", "ScriptedServer"]),
        tests(
            "ServerTests",
            [
                "Server", "Assistant", "Audio", "Endpoints", "Speech", "Storage", "Planning", "Support", "AloudProcess",
                "SeededRandom", nioCore,
            ]),
        tests(
            "AloudTests",
            [
                "aloud", "Assistant", "Speech", "Interchange", "Storage", "Planning", "Support", "Server", "Audio",
                "AloudProcess", grdb,
                "SpeechFixtures",
                "VirtualSound", "ScriptedServer",
            ]),
    ],
    cxxLanguageStandard: .cxx17
)

// Measured only when asked: ALOUD_BENCHMARKS=1.
if Context.environment["ALOUD_BENCHMARKS"] != nil {
    package.targets += [
        .executableTarget(
            name: "recognition",
            dependencies: [
                "Speech", "SpeechFixtures", "AloudProcess", "Assistant", "Storage", "Planning", "Audio", "Support",
            ], path: "Benchmarks/Recognition", swiftSettings: swiftSettings),
        .executableTarget(
            name: "idle", dependencies: ["VirtualSound", "Audio"], path: "Benchmarks/Idle", swiftSettings: swiftSettings
        ),
        .executableTarget(
            name: "store",
            dependencies: ["AloudProcess", "Memory", "Planning", "SeededRandom", "Server", "Storage", "Support", grdb],
            path: "Benchmarks/Store", swiftSettings: swiftSettings),
        .executableTarget(
            name: "latency",
            dependencies: ["Assistant", "Audio", "Planning", "Speech", "Storage", "Support", "VirtualSound"],
            path: "Benchmarks/Latency", swiftSettings: swiftSettings),
        .executableTarget(
            name: "talking",
            dependencies: [
                "Assistant", "Audio", "Planning", "SeededRandom", "Speech", "SpeechFixtures", "Storage", "Support",
            ], path: "Benchmarks/Talking", swiftSettings: swiftSettings),
        .executableTarget(
            name: "turn",
            dependencies: [
                "Assistant", "Audio", "Endpoints", "Planning", "ScriptedServer", "Speech", "Storage", "Support",
            ], path: "Benchmarks/Turn", swiftSettings: swiftSettings),
    ]
}
